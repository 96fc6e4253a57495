/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The field names of the rule language: their types, which operators fit them, and how each is read or derived from the
 * primitive fields of an event.
 */
@NullMarked
package dev.defender.rules.catalogue;

import org.jspecify.annotations.NullMarked;
