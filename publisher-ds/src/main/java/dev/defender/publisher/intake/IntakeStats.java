/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** What came in through the socket since the start; totals. Any thread. */
public final class IntakeStats {
    public final AtomicLong frames = new AtomicLong();
    public final AtomicLong records = new AtomicLong();
    public final AtomicLong bytes = new AtomicLong();

    /** Records that were durable already and came once more after a reconnect. */
    public final AtomicLong repeated = new AtomicLong();

    public final AtomicLong connections = new AtomicLong();
    private final AtomicLongArray refusals = new AtomicLongArray(Refusal.values().length);

    void refused(Refusal refusal) {
        refusals.incrementAndGet(refusal.ordinal());
    }

    public long refusals(Refusal refusal) {
        return refusals.get(refusal.ordinal());
    }
}
