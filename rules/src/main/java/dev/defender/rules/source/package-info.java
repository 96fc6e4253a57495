/* SPDX-License-Identifier: Apache-2.0 */
/** Where something stands in a rule file, and what is wrong there. */
@NullMarked
package dev.defender.rules.source;

import org.jspecify.annotations.NullMarked;
