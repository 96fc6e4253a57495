/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The way out to the publisher: two bounded windows, and the ledger of what went into them. What finds no room is counted
 * and reported as lost; the inventory itself is not, because it can be listed again.
 */
@NullMarked
package dev.defender.misc.outbox;

import org.jspecify.annotations.NullMarked;
