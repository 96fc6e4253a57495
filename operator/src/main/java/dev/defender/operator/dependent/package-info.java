/* SPDX-License-Identifier: Apache-2.0 */
/** One class for each object that is rolled out; each writes it by server-side apply. */
@NullMarked
package dev.defender.operator.dependent;

import org.jspecify.annotations.NullMarked;
