/* SPDX-License-Identifier: Apache-2.0 */
/** Observe, decide, apply, say: the loop of one profile. */
@NullMarked
package dev.defender.operator.controller;

import org.jspecify.annotations.NullMarked;
