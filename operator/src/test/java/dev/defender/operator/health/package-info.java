/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.operator.health;

import org.jspecify.annotations.NullMarked;
