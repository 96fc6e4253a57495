/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

/** Takes decoded events, one call each, on the thread that polls. */
public interface RawEventHandler {
    /** The event is valid during the call only: the same object is used for the next one. */
    void onEvent(RawEvent event);

    /**
     * A record that the decoder refused. It was captured, so it has to be counted as lost.
     *
     * @param type as the record says it, if it was long enough to say anything; else 0
     * @param ledgerRow as the record says it if that is a row; else 0
     */
    void onUndecodable(Undecodable reason, int type, int ledgerRow);
}
