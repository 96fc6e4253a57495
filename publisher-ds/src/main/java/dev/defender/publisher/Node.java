/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import dev.defender.protocol.clock.NodeClock;
import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.health.Conditions;
import dev.defender.publisher.health.Console;
import dev.defender.publisher.health.HealthServer;
import dev.defender.publisher.health.ProducerHealth;
import dev.defender.publisher.http.ProxySettings;
import dev.defender.publisher.identity.Credentials;
import dev.defender.publisher.intake.Entrance;
import dev.defender.publisher.intake.Intake;
import dev.defender.publisher.intake.IntakeStats;
import dev.defender.publisher.intake.OwnRecords;
import dev.defender.publisher.intake.PeerTable;
import dev.defender.publisher.report.HealthPage;
import dev.defender.publisher.report.MetricsPage;
import dev.defender.publisher.report.OwnHealth;
import dev.defender.publisher.ship.GapReporter;
import dev.defender.publisher.ship.ShipStats;
import dev.defender.publisher.ship.Shipper;
import dev.defender.publisher.ship.Shipping;
import dev.defender.publisher.spool.Spool;
import dev.defender.publisher.spool.SpoolLock;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The publisher's parts, wired: one intake thread (the caller's), one shipper per lane, credentials. */
final class Node {
    /** Nothing here recurses; stacks count against the memory limit. */
    static final long STACK_BYTES = 256 << 10;

    private static final String VERSION = "0.1.0";
    private static final long STOP_MILLIS = 3_000;

    private final Console console;
    private final Spool spool;
    private final Intake intake;
    private final Credentials credentials;
    private final List<Thread> shipperThreads = new ArrayList<>();
    private final Thread credentialsThread;
    private final OwnHealth ownHealth;
    private final StreamId ownStream;
    private final MetricsPage metrics;
    private final HealthPage page;
    private final Conditions conditions;
    private final ShipStats shipStats = new ShipStats();
    private final CountDownLatch ended = new CountDownLatch(1);

    private Node(
            Options options,
            Console console,
            NodeClock clock,
            Spool spool,
            List<Entrance> entrances,
            Map<String, String> environment,
            Runnable onFirstAck)
            throws IOException {
        this.console = console;
        this.spool = spool;
        conditions = new Conditions(console);
        ownStream = new StreamId(PeerTable.OWN_NAME, NodeClock.bootId(), clock.boottimeNanos());
        OwnRecords own = new OwnRecords();
        GapReporter gaps = new GapReporter(own);
        ownHealth = new OwnHealth(own, conditions, clock, VERSION);
        ProxySettings proxies = ProxySettings.from(environment);
        credentials =
                new Credentials(options.onboarding(), proxies, options.identity(), options.node(), conditions, console);
        credentialsThread = thread("credentials", credentials);
        IntakeStats intakeStats = new IntakeStats();
        ProducerHealth producers = new ProducerHealth();
        intake = new Intake(
                entrances,
                spool,
                ownStream,
                own,
                intakeStats,
                conditions,
                console,
                gaps::reportUnknown,
                (stream, message) -> producers.put(stream.producer(), message));
        Shipping shipping = new Shipping(
                spool,
                proxies,
                credentials,
                conditions,
                shipStats,
                gaps,
                options.spool().resolve("dead"),
                options.node(),
                clock);
        AtomicBoolean acknowledged = new AtomicBoolean();
        Runnable onAccepted = () -> {
            if (acknowledged.compareAndSet(false, true)) {
                onFirstAck.run();
            }
        };
        List<Shipper> shippers = new ArrayList<>();
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            Shipper shipper = shipping.shipper(lane, onAccepted);
            shippers.add(shipper);
            shipperThreads.add(thread(lane == Lanes.URGENT ? "ship-urgent" : "ship-bulk", shipper));
        }
        metrics = new MetricsPage(spool, intakeStats, shipStats, shippers, conditions, producers);
        page = new HealthPage(options.node(), conditions, producers, metrics);
    }

    /**
     * Opens the spool and wires the rest.
     *
     * @param lock of the spool's directory; the node's from now on
     * @param entrances where producers connect; the node's from now on
     */
    static Node open(
            Options options,
            Console console,
            SpoolLock lock,
            List<Entrance> entrances,
            Map<String, String> environment,
            Runnable onFirstAck)
            throws IOException {
        NodeClock clock = NodeClock.start();
        Spool spool = Spool.open(lock, options.spoolMaxBytes(), clock);
        try {
            return new Node(options, console, clock, spool, entrances, environment, onFirstAck);
        } catch (IOException e) {
            spool.close();
            throw e;
        }
    }

    /** Serves producers and tells of itself until {@link #stop}. */
    void run() {
        conditions.onChange(this::tell);
        start();
        tell();
        takeIn();
    }

    /** Starts shipping, and says of an earlier run that was killed that it is over. */
    void start() {
        credentialsThread.start();
        shipperThreads.forEach(Thread::start);
        closePreviousEpoch();
    }

    /** The intake thread's work, until {@link #stop}. */
    void takeIn() {
        try {
            intake.run();
        } finally {
            ended.countDown();
        }
    }

    /** What the health port tells. */
    HealthServer.Pages pages() {
        return page;
    }

    /** The page of metrics as it is now. Any thread. */
    String metrics() {
        return metrics.render();
    }

    /** Bytes of both lanes that are neither delivered nor reported lost. Any thread. */
    long backlogBytes() throws IOException {
        return spool.lane(Lanes.BULK).backlogBytes() + spool.lane(Lanes.URGENT).backlogBytes();
    }

    /** Records of both lanes that are neither delivered nor reported lost; between {@link #end} and {@link #close}. */
    long backlogRecords() throws IOException {
        return spool.lane(Lanes.BULK).backlogRecords()
                + spool.lane(Lanes.URGENT).backlogRecords();
    }

    long shippedRecords() {
        return shipStats.records.get();
    }

    /** Says that this run is over, if it has said anything; waits at most so long until the statement is durable. */
    void postFinalCut(long millis) throws InterruptedException {
        long last = spool.lane(Lanes.URGENT).writer().durable(ownStream);
        if (last > 0) {
            ownHealth.postCut(ownStream, last, true).await(millis);
        }
    }

    /** Ends in good order: what was acknowledged is synced, what was shipped is checkpointed. */
    void stop() throws InterruptedException {
        // The intake thread's last pass makes it durable.
        postFinalCut(0);
        if (end()) {
            close();
        }
    }

    /** Ends all threads; whether they did in time, so that nobody uses the spool any more. */
    boolean end() throws InterruptedException {
        intake.stop();
        credentials.stop();
        shipperThreads.forEach(Thread::interrupt);
        for (Thread shipper : shipperThreads) {
            shipper.join(STOP_MILLIS);
        }
        return ended.await(STOP_MILLIS, TimeUnit.MILLISECONDS);
    }

    void close() {
        try {
            spool.close();
        } catch (IOException e) {
            console.trouble("the spool could not be closed: " + e.getMessage());
        }
    }

    /** Health, and a cut: without one the ledger could not tell that nothing of this stream is on its way. */
    private void tell() {
        long last = Math.max(0, spool.lane(Lanes.URGENT).writer().durable(ownStream));
        ownHealth.post();
        ownHealth.postCut(ownStream, last, false);
    }

    /** A run of the publisher that was killed did not say that it is over. */
    private void closePreviousEpoch() {
        StreamId[] newest = new StreamId[1];
        long[] lastOf = new long[1];
        spool.lane(Lanes.URGENT).forEachMark((stream, last) -> {
            if (stream.sameProducerAndBoot(ownStream)
                    && stream.epoch() < ownStream.epoch()
                    && (newest[0] == null || stream.epoch() > newest[0].epoch())) {
                newest[0] = stream;
                lastOf[0] = last;
            }
        });
        if (newest[0] != null) {
            ownHealth.postCut(newest[0], lastOf[0], true);
        }
    }

    static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }
}
