/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.health.Conditions;
import dev.defender.publisher.health.Console;
import dev.defender.publisher.spool.LaneWriter;
import dev.defender.publisher.spool.Spool;
import dev.defender.publisher.spool.SpoolFullException;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * The intake thread: reads all connections, appends, syncs once for everything that came in, acknowledges.
 *
 * <p>It sleeps in the selector until there is something to do; only while the spool is short of room or a write has
 * failed does it look once a second whether that is over.
 */
public final class Intake implements Runnable {
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Selector selector;
    private final Spool spool;
    private final LaneWriter[] writers;
    private final GroupCommit commit;
    private final OwnProducer own;
    private final Connections connections;
    private final Conditions conditions;
    private final boolean[] failed = new boolean[Lanes.COUNT];
    private boolean ownWaits;
    private long retryAt;
    private volatile boolean stopping;

    /**
     * @param entrances where producers connect; none where only what is spooled is to be shipped
     * @param unknownPast told of acknowledged records of which the spool knows nothing
     * @param health told of each producer's Health messages
     */
    public Intake(
            List<Entrance> entrances,
            Spool spool,
            StreamId ownStream,
            OwnRecords ownRecords,
            IntakeStats stats,
            Conditions conditions,
            Console console,
            UnknownPast unknownPast,
            BiConsumer<StreamId, byte[]> health)
            throws IOException {
        this.selector = Selector.open();
        this.spool = spool;
        this.writers = new LaneWriter[] {
            spool.lane(Lanes.BULK).writer(), spool.lane(Lanes.URGENT).writer()
        };
        this.commit = new GroupCommit(writers);
        this.own = new OwnProducer(ownStream, writers[Lanes.URGENT], ownRecords);
        this.conditions = conditions;
        Handshake handshake = new Handshake(writers, unknownPast);
        this.connections =
                new Connections(selector, entrances, handshake, writers, stats, new RefusalLog(stats, console), health);
        ownRecords.onPost(selector::wakeup);
        for (Entrance entrance : entrances) {
            entrance.channel().configureBlocking(false);
            entrance.channel().register(selector, SelectionKey.OP_ACCEPT, entrance);
        }
    }

    /** Makes {@link #run} end after a last sync. Any thread. */
    public void stop() {
        stopping = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!stopping) {
                pass();
            }
            pass();
            connections.closeAll();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the socket's selector failed: " + e.getMessage(), e);
        }
    }

    private void pass() throws IOException {
        select(System.nanoTime());
        for (SelectionKey key : selector.selectedKeys()) {
            LaneFailedException failure = connections.ready(key);
            if (failure != null) {
                fail(failure.lane(), failure);
            }
        }
        selector.selectedKeys().clear();
        long now = System.nanoTime();
        boolean retry = now - retryAt >= 0 || failed[Lanes.BULK] || failed[Lanes.URGENT];
        if (retry) {
            spool.reconsiderBudget();
            retryAt = now + RETRY_NANOS;
        }
        if (!failed[Lanes.URGENT] && !ownWaits || retry) {
            appendOwn();
        }
        for (int lane = Lanes.COUNT - 1; lane >= 0; lane--) {
            sync(lane);
        }
        connections.tell(commit);
        connections.dropSilent(now);
        noteFullness();
    }

    private void select(long now) throws IOException {
        long nanos = stopping ? 0 : commit.nanosUntilDue(now);
        if (connections.starved() || ownWaits || failed[Lanes.BULK] || failed[Lanes.URGENT]) {
            nanos = Math.min(nanos, retryAt - now);
        }
        if (connections.anyUnintroduced()) {
            nanos = Math.min(nanos, RETRY_NANOS);
        }
        if (nanos == Long.MAX_VALUE) {
            selector.select();
        } else if (nanos <= 0) {
            selector.selectNow();
        } else {
            selector.select(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        }
    }

    private void appendOwn() {
        try {
            own.appendPosted();
            ownWaits = false;
        } catch (SpoolFullException e) {
            // They stay posted; SpoolFull is raised below and the next look is in a second.
            ownWaits = true;
        } catch (IOException e) {
            fail(Lanes.URGENT, e);
        }
    }

    private void sync(int lane) {
        try {
            commit.syncIfDue(lane, System.nanoTime());
            if (commit.settled(lane)) {
                if (lane == Lanes.URGENT) {
                    own.synced();
                }
                if (failed[lane] && writers[lane].creditBytes() > 0) {
                    failed[lane] = false;
                }
            }
        } catch (IOException e) {
            fail(lane, e);
        }
    }

    /** A write or sync failed: nothing after the last sync counts, so every producer of the lane has to resend. */
    private void fail(int lane, IOException cause) {
        writers[lane].rollBack();
        if (lane == Lanes.URGENT) {
            own.rolledBack();
        }
        failed[lane] = true;
        retryAt = System.nanoTime() + RETRY_NANOS;
        conditions.raise(
                Conditions.SPOOL_FAILED,
                "WriteFailed",
                "the spool cannot be written (" + cause.getMessage()
                        + "); nothing is acknowledged until it can: free the disk of --spool or mend it");
        connections.dropAll(
                Refusal.SPOOL_FAILED, "the spool could not be written (" + cause.getMessage() + "); connect again");
    }

    private void noteFullness() {
        if (writers[Lanes.BULK].creditBytes() == 0) {
            conditions.raise(
                    Conditions.SPOOL_FULL,
                    "NoCredit",
                    "the spool holds " + spool.budget().usedBytes() + " of "
                            + spool.budget().limitBytes()
                            + " bytes; producers must wait until the backend takes some or the disk has room");
        } else {
            conditions.clear(Conditions.SPOOL_FULL);
        }
        if (!failed[Lanes.BULK] && !failed[Lanes.URGENT]) {
            conditions.clear(Conditions.SPOOL_FAILED);
        }
    }
}
