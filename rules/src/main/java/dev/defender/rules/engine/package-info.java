/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Conditions compiled to predicate objects. A field that several rules ask for is read once per event into a slot; a
 * predicate is true only if the value is there. Testing an event allocates nothing, except for {@code regex}.
 */
@NullMarked
package dev.defender.rules.engine;

import org.jspecify.annotations.NullMarked;
