/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Waits until a record is due, or somebody wakes. One thread waits; any thread wakes. */
final class ReplayClock {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean wake;
    private boolean started;
    private long firstRecorded;
    private long firstReplayed;

    /** Nanoseconds until a record of that recorded time is due; not positive = now. The first one is due at once. */
    long untilDue(long recordedNanos) {
        if (!started) {
            started = true;
            firstRecorded = recordedNanos;
            firstReplayed = System.nanoTime();
        }
        return firstReplayed + (recordedNanos - firstRecorded) - System.nanoTime();
    }

    /** Waits that long, or until {@link #wake}, also one that came before. */
    void await(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!wake && left > 0) {
                left = woken.awaitNanos(left);
            }
            wake = false;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            wake = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }
}
