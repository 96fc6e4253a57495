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
import dev.defender.publisher.intake.Intake;
import dev.defender.publisher.intake.IntakeStats;
import dev.defender.publisher.intake.OwnRecords;
import dev.defender.publisher.intake.PeerTable;
import dev.defender.publisher.intake.SocketFile;
import dev.defender.publisher.report.MetricsPage;
import dev.defender.publisher.report.OwnHealth;
import dev.defender.publisher.ship.GapReporter;
import dev.defender.publisher.ship.ShipStats;
import dev.defender.publisher.ship.Shipper;
import dev.defender.publisher.ship.Shipping;
import dev.defender.publisher.spool.Spool;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The publisher's parts, wired: one intake thread (the caller's), one shipper per lane, credentials, health. */
final class Node {
    /** Nothing here recurses; stacks count against the memory limit. */
    static final long STACK_BYTES = 256 << 10;

    private static final String VERSION = "0.1.0";
    private static final long STOP_MILLIS = 3_000;

    private final Options options;
    private final Console console;
    private final Spool spool;
    private final Intake intake;
    private final Credentials credentials;
    private final List<Thread> shipperThreads = new ArrayList<>();
    private final Thread credentialsThread;
    private final OwnHealth ownHealth;
    private final StreamId ownStream;
    private final MetricsPage metrics;
    private final Conditions conditions;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Node(
            Options options, Console console, ServerSocketChannel server, Map<String, String> environment, long started)
            throws IOException {
        this.options = options;
        this.console = console;
        conditions = new Conditions(console);
        NodeClock clock = NodeClock.start();
        ownStream = new StreamId(PeerTable.OWN_NAME, NodeClock.bootId(), clock.boottimeNanos());
        OwnRecords own = new OwnRecords();
        GapReporter gaps = new GapReporter(own);
        ownHealth = new OwnHealth(own, conditions, clock, VERSION);
        conditions.onChange(ownHealth::post);
        ProxySettings proxies = ProxySettings.from(environment);
        credentials = new Credentials(
                options.endpoint(),
                proxies,
                new Credentials.Locations(options.ca(), options.enrolToken(), options.identity()),
                options.node(),
                conditions,
                console);
        credentialsThread = thread("credentials", credentials);
        spool = Spool.open(options.spool(), options.spoolMaxBytes(), clock);
        IntakeStats intakeStats = new IntakeStats();
        ProducerHealth producers = new ProducerHealth();
        intake = new Intake(
                server,
                spool,
                options.peers(),
                ownStream,
                own,
                intakeStats,
                conditions,
                console,
                gaps::reportUnknown,
                (stream, message) -> producers.put(stream.producer(), message));
        ShipStats shipStats = new ShipStats();
        Shipping shipping = new Shipping(
                spool,
                options.endpoint(),
                proxies,
                credentials,
                conditions,
                shipStats,
                gaps,
                options.spool().resolve("dead"),
                options.node());
        AtomicBoolean acknowledged = new AtomicBoolean();
        List<Shipper> shippers = new ArrayList<>();
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            Shipper shipper = shipping.shipper(lane, () -> firstAck(acknowledged, started));
            shippers.add(shipper);
            shipperThreads.add(thread(lane == Lanes.URGENT ? "ship-urgent" : "ship-bulk", shipper));
        }
        metrics = new MetricsPage(spool, intakeStats, shipStats, shippers, conditions, producers);
    }

    /** Binds the socket before anything else, so that a producer can connect while the rest comes up. */
    static Node open(Options options, Console console, Map<String, String> environment, long started)
            throws IOException {
        ServerSocketChannel server = SocketFile.bind(options.socket());
        console.milestone("ready " + options.socket());
        try {
            return new Node(options, console, server, environment, started);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    /** Serves producers until {@link #stop}. */
    void run() throws IOException {
        credentialsThread.start();
        shipperThreads.forEach(Thread::start);
        closePreviousEpoch();
        ownHealth.post();
        if (!options.health().isUnresolved()) {
            HealthServer health = new HealthServer(
                    options.health(), () -> !conditions.holds(Conditions.SPOOL_FAILED), metrics::render);
            thread("health", health).start();
            console.milestone("health http://" + options.health().getHostString() + ":" + health.port());
        }
        try {
            intake.run();
        } finally {
            ended.countDown();
        }
    }

    /** The page of metrics as it is now. Any thread. */
    String metrics() {
        return metrics.render();
    }

    /** Ends in good order: what was acknowledged is synced, what was shipped is checkpointed. */
    void stop() {
        long last = Math.max(0, spool.lane(Lanes.URGENT).writer().durable(ownStream));
        ownHealth.postFinalCut(ownStream, last);
        intake.stop();
        credentials.stop();
        shipperThreads.forEach(Thread::interrupt);
        try {
            for (Thread shipper : shipperThreads) {
                shipper.join(STOP_MILLIS);
            }
            if (ended.await(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                spool.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            console.trouble("the spool could not be closed: " + e.getMessage());
        }
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
            ownHealth.postFinalCut(newest[0], lastOf[0]);
        }
    }

    private void firstAck(AtomicBoolean acknowledged, long started) {
        if (acknowledged.compareAndSet(false, true)) {
            long millis = (System.nanoTime() - started) / 1_000_000;
            console.milestone("first ack after " + millis + " ms");
        }
    }

    private static Thread thread(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }
}
