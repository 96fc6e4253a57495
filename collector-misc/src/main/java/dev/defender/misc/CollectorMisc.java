/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc;

import dev.defender.link.ProducerIdentity;
import dev.defender.link.PublisherLink;
import dev.defender.misc.api.ApiServer;
import dev.defender.misc.inventory.Collector;
import dev.defender.misc.keep.Catalogue;
import dev.defender.misc.outbox.EpochFile;
import dev.defender.misc.outbox.Outbox;
import dev.defender.protocol.clock.NodeClock;
import java.io.IOException;
import java.util.Locale;

/** The process of collector-misc: parses the command line, runs until it is told to stop. */
public final class CollectorMisc {
    private static final int STOPPED = 0;
    private static final int FAILURE = 1;
    private static final int USAGE = 2;
    private static final long STACK_BYTES = 256 * 1024;

    /** Less than the grace that a pod gets. */
    private static final long FINISH_MILLIS = 15_000;

    /** Between two looks at the watches, while the first lists are on their way to the disk. */
    private static final long DURABLE_MILLIS = 500;

    private static final String VERSION = "0.1.0";
    private static final String PRODUCER = "misc";

    private CollectorMisc() {}

    /** Exit status 0 after a stop, 1 when it cannot run, 2 for a wrong command line; each with one sentence. */
    public static void main(String[] args) {
        long started = System.nanoTime();
        for (String arg : args) {
            if (arg.equals("--help")) {
                System.out.println(Options.HELP);
                return;
            }
        }
        Console console = new Console();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            console.trouble("thread " + thread.getName() + " failed, which is a fault of this program: " + failure
                    + at(failure) + "; ending, to be started again");
            Runtime.getRuntime().halt(FAILURE);
        });
        try {
            run(Options.parse(args, System.getenv()), console, started);
        } catch (IllegalArgumentException e) {
            console.trouble(String.valueOf(e.getMessage()));
            Runtime.getRuntime().halt(USAGE);
        } catch (IOException e) {
            console.trouble(String.valueOf(e.getMessage()));
            Runtime.getRuntime().halt(FAILURE);
        }
    }

    private static void run(Options options, Console console, long started) throws IOException {
        NodeClock clock = NodeClock.start();
        ProducerIdentity identity = new ProducerIdentity(PRODUCER, NodeClock.bootId(), clock.boottimeNanos(), VERSION);
        EpochFile epochs = new EpochFile(options.socket());
        Outbox outbox = new Outbox(identity, unfinished(epochs, identity, console), clock::boottimeNanos);
        PublisherLink link = new PublisherLink(options.socket(), identity, outbox, console);
        outbox.attach(link);
        ApiServer server = new ApiServer(options.host(), options.port(), options.ca(), options.token());
        try (Collector collector =
                new Collector(server, Catalogue.load(), outbox, console::publisherThere, console::trouble)) {
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(null, () -> stop(collector, main), "stop", STACK_BYTES));
            link.start();
            loop(collector, outbox, new HealthReport(collector, outbox, VERSION), console, clock, started);
        }
        finish(outbox, link, epochs, console);
    }

    private static void loop(
            Collector collector, Outbox outbox, HealthReport health, Console console, NodeClock clock, long started)
            throws IOException {
        long tick = System.nanoTime();
        boolean ready = false;
        long settledAt = -1;
        while (!collector.stopping()) {
            collector.round();
            if (System.nanoTime() - tick > 0) {
                tick = System.nanoTime() + 1_000_000_000L;
                clock.calibrate();
                health.report(clock.boottimeNanos());
                outbox.report();
            }
            if (!ready && collector.settled()) {
                settledAt = settledAt < 0 ? outbox.lastBulk() : settledAt;
                if (outbox.awaitDurable(settledAt, DURABLE_MILLIS)) {
                    ready = true;
                    console.say(String.format(
                            Locale.ROOT,
                            "ready after %.1f s: %d objects, %d watches",
                            (System.nanoTime() - started) / 1e9,
                            collector.objects(),
                            collector.watches()));
                }
            }
        }
    }

    private static void finish(Outbox outbox, PublisherLink link, EpochFile epochs, Console console) {
        boolean reported = outbox.reportFinal();
        try {
            if (link.finish(FINISH_MILLIS) && reported) {
                epochs.end();
            } else {
                console.trouble("the publisher did not take everything; this epoch stays open");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            console.trouble("the file that names this epoch cannot be removed: " + e.getMessage());
        }
    }

    /** What cannot be kept is said once: then a kill leaves an epoch that nobody closes. */
    private static long unfinished(EpochFile epochs, ProducerIdentity identity, Console console) {
        long previous = 0;
        try {
            previous = epochs.unfinished(identity.bootId());
            epochs.begin(identity.bootId(), identity.epoch());
        } catch (IOException e) {
            console.trouble("the epoch cannot be written down beside the publisher's socket (" + e
                    + "); if this process is killed, nobody will say that its end is unknown");
        }
        return previous;
    }

    private static void stop(Collector collector, Thread main) {
        collector.stop();
        try {
            main.join(FINISH_MILLIS + 5_000);
            if (!main.isAlive()) {
                // Else the status would be the signal's.
                Runtime.getRuntime().halt(STOPPED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String at(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
