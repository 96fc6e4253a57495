/* SPDX-License-Identifier: Apache-2.0 */

/**
 * What waits for the publisher's acknowledgement: two lanes, each a bounded window of encoded records, and the reports of
 * the loss ledger. A full window drops by class, lowest first, and every drop is counted before the call returns.
 */
@NullMarked
package dev.defender.sensor.outbox;

import org.jspecify.annotations.NullMarked;
