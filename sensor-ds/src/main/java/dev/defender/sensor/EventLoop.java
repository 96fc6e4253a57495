/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.protocol.wire.Lanes;
import dev.defender.sensor.decode.EventSource;
import dev.defender.sensor.health.HealthReporter;
import dev.defender.sensor.outbox.CutReporter;
import dev.defender.sensor.outbox.GapReporter;
import dev.defender.sensor.outbox.Outbox;
import dev.defender.sensor.outbox.Succession;
import dev.defender.sensor.ring.BootClock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The event thread: takes what the source delivers, and once a second does what is due by time. Allocates nothing in steady
 * use.
 */
final class EventLoop {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long PACE_NS = 2_000_000L;

    private final EventSource source;
    private final Pipeline pipeline;
    private final Outbox outbox;
    private final GapReporter gaps;
    private final CutReporter cuts;
    private final HealthReporter health;
    private final Succession succession;
    private final Runnable onSucceeded;
    private final BooleanSupplier connected;
    private final Runnable onConnected;
    private volatile boolean stopping;
    private boolean paced;
    private boolean succeeded;
    private boolean welcomed;
    private long nextTick = System.nanoTime();

    EventLoop(
            EventSource source,
            Pipeline pipeline,
            Outbox outbox,
            Reporters reporters,
            Runnable onSucceeded,
            BooleanSupplier connected,
            Runnable onConnected) {
        this.source = source;
        this.pipeline = pipeline;
        this.outbox = outbox;
        this.gaps = reporters.gaps();
        this.cuts = reporters.cuts();
        this.health = reporters.health();
        this.succession = reporters.succession();
        this.onSucceeded = onSucceeded;
        this.connected = connected;
        this.onConnected = onConnected;
    }

    /** What the loop does once a second. */
    record Reporters(GapReporter gaps, CutReporter cuts, HealthReporter health, Succession succession) {}

    /** Runs until {@link #stop}, or until a replay is at its end. */
    void run() {
        while (!stopping && !source.ended()) {
            long now = System.nanoTime();
            if (now - nextTick >= 0) {
                tick();
                nextTick = now + SECOND_NS;
            }
            if (!paced || roomy()) {
                source.poll(pipeline, Math.max(0, nextTick - now));
                outbox.flush();
            } else {
                LockSupport.parkNanos(this, PACE_NS);
            }
        }
    }

    /** Before {@link #run}: leaves events at their source while the window is half full. */
    void paced() {
        paced = true;
    }

    private boolean roomy() {
        return roomy(Lanes.BULK) && roomy(Lanes.URGENT);
    }

    private boolean roomy(int lane) {
        return outbox.lane(lane).used() < outbox.lane(lane).capacity() / 2;
    }

    /** Any thread: {@link #run} returns soon. */
    void stop() {
        stopping = true;
        source.wakeup();
    }

    /**
     * After {@link #run}, when nothing more can come: takes what is left and appends the final reports.
     *
     * @return whether all of these found room
     */
    boolean drain() {
        while (source.poll(pipeline, 0) > 0) {
            outbox.flush();
        }
        tick();
        long now = BootClock.nanos();
        boolean reported = gaps.report(now) && cuts.reportFinal(now);
        outbox.flush();
        return reported;
    }

    private void tick() {
        long now = BootClock.nanos();
        if (!welcomed && connected.getAsBoolean()) {
            welcomed = true;
            onConnected.run();
        }
        if (!succeeded && succession.advance(now)) {
            succeeded = true;
            onSucceeded.run();
        }
        pipeline.expire(now);
        health.report(now);
        gaps.report(now);
        cuts.report(now);
        outbox.ledger().alive(now);
        outbox.flush();
    }
}
