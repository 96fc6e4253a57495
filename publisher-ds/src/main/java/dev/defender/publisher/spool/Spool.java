/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.protocol.clock.NodeClock;
import dev.defender.protocol.wire.Lanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The node's durable queue: one {@link Lane} for bulk, one for urgent, one {@link Budget} over both. */
public final class Spool implements AutoCloseable {
    private final SpoolLock lock;
    private final Lane bulk;
    private final Lane urgent;
    private final Budget budget;
    private final SpoolStats stats;

    private Spool(SpoolLock lock, Lane bulk, Lane urgent, Budget budget, SpoolStats stats) {
        this.lock = lock;
        this.bulk = bulk;
        this.urgent = urgent;
        this.budget = budget;
        this.stats = stats;
    }

    /**
     * Opens or makes the spool in {@code directory}; damaged files do not stop it.
     *
     * @param maxBytes most that it may take of the disk
     * @throws IOException if the directory cannot be written, or another process holds it
     */
    public static Spool open(Path directory, long maxBytes, NodeClock clock) throws IOException {
        return open(SpoolLock.take(directory), maxBytes, clock);
    }

    /** The same for a directory that the caller holds; the lock is the spool's from now on, and given back if this throws. */
    public static Spool open(SpoolLock lock, long maxBytes, NodeClock clock) throws IOException {
        Path directory = lock.directory();
        Budget budget = new Budget(maxBytes);
        SpoolStats stats = new SpoolStats();
        try {
            Lane bulk = Lane.open(directory.resolve("bulk"), Lanes.BULK, budget, clock, stats);
            Lane urgent = Lane.open(directory.resolve("urgent"), Lanes.URGENT, budget, clock, stats);
            Spool spool = new Spool(lock, bulk, urgent, budget, stats);
            spool.reconsiderBudget();
            return spool;
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** @param lane {@link Lanes#BULK} or {@link Lanes#URGENT} */
    public Lane lane(int lane) {
        return lane == Lanes.URGENT ? urgent : bulk;
    }

    public Budget budget() {
        return budget;
    }

    /** Takes a new look at how much of the disk is free. */
    public void reconsiderBudget() throws IOException {
        budget.reconsider(Files.getFileStore(lock.directory()).getUsableSpace());
    }

    public SpoolStats stats() {
        return stats;
    }

    @Override
    public void close() throws IOException {
        try (lock;
                bulk) {
            urgent.close();
        }
    }
}
