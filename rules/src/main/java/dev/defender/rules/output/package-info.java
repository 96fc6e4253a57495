/* SPDX-License-Identifier: Apache-2.0 */
/** The text of an alert, filled in from the event that matched. */
@NullMarked
package dev.defender.rules.output;

import org.jspecify.annotations.NullMarked;
