/* SPDX-License-Identifier: Apache-2.0 */

/** Objects: what is read of them, which are known, and how they are listed and watched. */
@NullMarked
package dev.defender.misc.inventory;

import org.jspecify.annotations.NullMarked;
