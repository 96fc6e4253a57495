/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import dev.defender.publisher.health.Console;
import dev.defender.publisher.health.HealthServer;
import dev.defender.publisher.intake.Entrance;
import dev.defender.publisher.spool.SpoolLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A publisher that serves its node's producers until it is stopped: its ports, and the {@link Node} behind them. */
final class Serving {
    private final Node node;
    private final @Nullable HealthServer health;

    private Serving(Node node, @Nullable HealthServer health) {
        this.node = node;
        this.health = health;
    }

    /**
     * Takes what no second publisher may have, in the order in which a probe, an administrator and a producer need it: the
     * health port, which answers from now on, the spool, the sockets. Says that it is ready once it has all of them.
     *
     * @param started System.nanoTime of the process's start
     */
    static Serving open(Options options, Console console, Map<String, String> environment, long started)
            throws IOException {
        List<AutoCloseable> taken = new ArrayList<>();
        try {
            HealthServer health = health(options, taken);
            SpoolLock lock = SpoolLock.take(options.spool());
            taken.add(lock);
            List<Entrance> entrances = entrances(options, taken);
            Runnable onFirstAck =
                    () -> console.milestone("first ack after " + (System.nanoTime() - started) / 1_000_000 + " ms");
            Node node = Node.open(options, console, lock, entrances, environment, onFirstAck);
            Path misc = options.miscSocket();
            console.milestone("ready " + options.socket() + (misc == null ? "" : " " + misc));
            if (health != null) {
                health.show(node.pages());
                console.milestone("health http://" + options.health().getHostString() + ":" + health.port());
            }
            return new Serving(node, health);
        } catch (IOException e) {
            taken.reversed().forEach(Serving::giveBack);
            throw e;
        }
    }

    /** Until {@link #stop}. */
    void run() {
        node.run();
    }

    /** The page of metrics as it is now. Any thread. */
    String metrics() {
        return node.metrics();
    }

    /** Ends in good order; {@link #run} returns. */
    void stop() {
        try {
            node.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (health != null) {
            giveBack(health);
        }
    }

    private static @Nullable HealthServer health(Options options, List<AutoCloseable> taken) throws IOException {
        if (options.health().isUnresolved()) {
            return null;
        }
        HealthServer health = HealthServer.open(options.health());
        taken.add(health);
        Node.thread("health", health).start();
        return health;
    }

    private static List<Entrance> entrances(Options options, List<AutoCloseable> taken) throws IOException {
        List<Entrance> entrances = new ArrayList<>();
        entrances.add(Entrance.open("--socket", options.socket(), options.peers()));
        taken.add(entrances.getFirst());
        Path misc = options.miscSocket();
        if (misc != null) {
            entrances.add(Entrance.open("--misc-socket", misc, options.miscPeers()));
            taken.add(entrances.getLast());
        }
        return entrances;
    }

    private static void giveBack(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            // The process ends, which gives it back.
            return;
        }
    }
}
