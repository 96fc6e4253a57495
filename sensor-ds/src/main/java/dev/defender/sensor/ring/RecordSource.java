/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import bpf4j.RecordHandler;

/**
 * Where records come from: the live ring or a capture file. One thread calls; only {@link #wakeup} may come from others.
 */
public interface RecordSource extends AutoCloseable {
    /** Delivers one TASK record for each process that was there at the start. Once, before the first poll. */
    void initialTasks(RecordHandler handler);

    /**
     * Delivers what is there, or waits for it.
     *
     * @param timeoutNanos longest wait; 0 does not wait
     * @return number of records delivered; 0 after a wake-up or when the time is over
     */
    int poll(RecordHandler handler, long timeoutNanos);

    /** Ends a waiting poll, or the next one. */
    void wakeup();

    /** Whether nothing can come any more: a replay at its end. The live ring never ends. */
    boolean ended();

    /** The counters that this source's records were captured under. */
    LedgerMaps ledger();

    /** The inputs that do not come as records. */
    HostFacts facts();

    @Override
    void close();
}
