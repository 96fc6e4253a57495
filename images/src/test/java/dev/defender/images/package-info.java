/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.images;

import org.jspecify.annotations.NullMarked;
