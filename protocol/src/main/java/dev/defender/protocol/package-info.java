/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.protocol;

import org.jspecify.annotations.NullMarked;
