/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.protocol.clock.NodeClock;
import dev.defender.protocol.wire.Lanes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The node's durable queue: one {@link Lane} for bulk, one for urgent, one {@link Budget} over both. */
public final class Spool implements AutoCloseable {
    private final Path directory;
    private final Lane bulk;
    private final Lane urgent;
    private final Budget budget;
    private final SpoolStats stats;

    private Spool(Path directory, Lane bulk, Lane urgent, Budget budget, SpoolStats stats) {
        this.directory = directory;
        this.bulk = bulk;
        this.urgent = urgent;
        this.budget = budget;
        this.stats = stats;
    }

    /**
     * Opens or makes the spool in {@code directory}; damaged files do not stop it.
     *
     * @param maxBytes most that it may take of the disk
     * @throws IOException if the directory cannot be written
     */
    public static Spool open(Path directory, long maxBytes, NodeClock clock) throws IOException {
        // Events tell what people ran with which arguments.
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Budget budget = new Budget(maxBytes);
        SpoolStats stats = new SpoolStats();
        Lane bulk = Lane.open(directory.resolve("bulk"), Lanes.BULK, budget, clock, stats);
        Lane urgent = Lane.open(directory.resolve("urgent"), Lanes.URGENT, budget, clock, stats);
        Spool spool = new Spool(directory, bulk, urgent, budget, stats);
        spool.reconsiderBudget();
        return spool;
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
        budget.reconsider(Files.getFileStore(directory).getUsableSpace());
    }

    public SpoolStats stats() {
        return stats;
    }

    @Override
    public void close() throws IOException {
        try (bulk) {
            urgent.close();
        }
    }
}
