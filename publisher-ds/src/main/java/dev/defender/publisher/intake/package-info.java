/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The socket that producers on this node write to: who may, what they may send, and when they may forget it.
 *
 * <p>One thread reads all connections, appends to the spool, syncs once for everything that came in and acknowledges.
 */
@NullMarked
package dev.defender.publisher.intake;

import org.jspecify.annotations.NullMarked;
