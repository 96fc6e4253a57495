/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.batch;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all batches in flight may hold together. Reserved before memory is allocated. Thread-safe, never blocks. */
public final class ByteBudget {
    private final long capacity;
    private final AtomicLong used = new AtomicLong();

    public ByteBudget(long capacity) {
        this.capacity = capacity;
    }

    /** Starts a reservation of nothing. */
    public Reservation open() {
        return new Reservation();
    }

    /** Bytes reserved now. */
    public long used() {
        return used.get();
    }

    /** What one batch holds; closing gives it back. For one thread. */
    public final class Reservation implements AutoCloseable {
        private long held;

        private Reservation() {}

        /** @return false, with nothing reserved, when the budget does not have {@code bytes} more */
        public boolean grow(long bytes) {
            long now = used.addAndGet(bytes);
            if (now > capacity) {
                used.addAndGet(-bytes);
                return false;
            }
            held += bytes;
            return true;
        }

        @Override
        public void close() {
            used.addAndGet(-held);
            held = 0;
        }
    }
}
