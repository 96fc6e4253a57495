/* SPDX-License-Identifier: Apache-2.0 */

/** What of each object is kept, as data: {@code inventory.keep} and {@code events.reasons}. */
@NullMarked
package dev.defender.misc.keep;

import org.jspecify.annotations.NullMarked;
