/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import java.util.concurrent.TimeUnit;

/** How far a lane is durable: the writer moves it after each sync, the reader waits for it and reads no further. */
final class DurableEnd {
    private long segment;
    private long offset;
    private boolean closed;

    synchronized void publish(long newSegment, long newOffset) {
        segment = newSegment;
        offset = newOffset;
        notifyAll();
    }

    /** Lets every waiting reader go, for good. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized Position get() {
        return new Position(segment, offset);
    }

    /**
     * Waits until {@code wanted} bytes past {@code from} are durable, or the segment that {@code from} lies in is
     * sealed, or the time is over.
     *
     * @return whether that many bytes are there
     */
    synchronized boolean await(Position from, long wanted, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (segment == from.segment() && offset - from.offset() < wanted && !closed) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return segment != from.segment() || offset - from.offset() >= wanted;
    }
}
