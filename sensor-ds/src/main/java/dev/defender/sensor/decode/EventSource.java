/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

import dev.defender.sensor.ring.HostFacts;
import dev.defender.sensor.ring.LedgerMaps;

/**
 * Decoded events, live or from a capture: all that the packages after this one see of the kernel. One thread calls; only
 * {@link #wakeup} may come from others.
 */
public interface EventSource extends AutoCloseable {
    /** Delivers one TASK event for each process that was there at the start. Once, before the first poll. */
    void initialTable(RawEventHandler handler);

    /**
     * Delivers what is there, or waits for it.
     *
     * @param timeoutNanos longest wait; 0 does not wait
     * @return number of records taken, undecodable ones included
     */
    int poll(RawEventHandler handler, long timeoutNanos);

    /** Ends a waiting poll, or the next one. */
    void wakeup();

    /** Whether nothing can come any more: a replay at its end. */
    boolean ended();

    LedgerMaps ledger();

    HostFacts facts();

    @Override
    void close();
}
