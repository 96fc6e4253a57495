/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.e2e.inventory;

import org.jspecify.annotations.NullMarked;
