/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package dev.defender.rules.condition;

import org.jspecify.annotations.NullMarked;
