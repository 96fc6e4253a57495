/* SPDX-License-Identifier: Apache-2.0 */
/** The condition grammar of the Falco language: text with positions in, syntax tree out, and back to text. */
@NullMarked
package dev.defender.rules.condition;

import org.jspecify.annotations.NullMarked;
