/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The connection to the publisher: one thread that sends what the outbox holds, reads acknowledgements, and after a lost
 * connection sends the un-acked window again. It sleeps in the kernel unless there is something to do.
 */
@NullMarked
package dev.defender.sensor.link;

import org.jspecify.annotations.NullMarked;
