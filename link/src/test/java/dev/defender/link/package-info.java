/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.link;

import org.jspecify.annotations.NullMarked;
