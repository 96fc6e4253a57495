/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import dev.defender.protocol.wire.RecordBuffer;

/** Takes what the rules concluded. */
@FunctionalInterface
public interface FindingSink {
    /**
     * Counts a finding and sends it.
     *
     * @param ledgerRow of its trigger
     * @param record holds the finding's body until this returns
     */
    void finding(int ledgerRow, RecordBuffer record);
}
