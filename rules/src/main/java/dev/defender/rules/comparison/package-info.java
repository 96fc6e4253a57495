/* SPDX-License-Identifier: Apache-2.0 */
/** One comparison of one value with what a rule says: texts, numbers, addresses. Nothing here allocates, but {@code regex}. */
@NullMarked
package dev.defender.rules.comparison;

import org.jspecify.annotations.NullMarked;
