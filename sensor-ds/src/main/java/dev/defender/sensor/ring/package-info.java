/* SPDX-License-Identifier: Apache-2.0 */

/** The kernel side as user space sees it: programs, maps, the ring, and the counters of the loss ledger. */
@NullMarked
package dev.defender.sensor.ring;

import org.jspecify.annotations.NullMarked;
