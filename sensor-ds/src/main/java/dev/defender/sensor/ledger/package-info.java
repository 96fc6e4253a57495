/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The loss ledger's counters. They live in memory that outlives the process, so that a successor can say exactly what a
 * kill cost.
 *
 * <p><b>Invariant.</b> At every instant, for every cell (record class, row):
 * {@code captured = filtered + lost + numbered + (in the ring or in hand)}, and
 * {@code durable = numbered − (index entries above the publisher's durable sequence)}. Durable is never stored: a counter
 * that must move together with the publisher's answer could be caught half moved by a kill, a difference of two values
 * that only this process writes cannot. Each store that a kill can separate from its neighbour is one that a successor can
 * repeat without harm:
 * <ol>
 *   <li>the index entry of the sequence, which holds the cell's numbered total <em>after</em> this record;
 *   <li>the lane's next sequence: from here on the record has a number and may be sent;
 *   <li>the cell's numbered total. If the kill came before this, the successor takes it from the index entry.
 * </ol>
 * A lost event is one store (its reason's total), so it is either lost or still in hand. A gap report is numbered like any
 * record; the total that it brings its cell to is written down before it is numbered, and taken from there if the kill
 * came before it was stored.
 */
@NullMarked
package dev.defender.sensor.ledger;

import org.jspecify.annotations.NullMarked;
