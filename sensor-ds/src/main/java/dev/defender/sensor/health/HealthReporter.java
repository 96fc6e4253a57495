/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.health;

import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.sensor.outbox.Outbox;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Health records: at the start, when a counter of trouble changed, and once a minute while any counter changes. Event
 * thread; after the first report it allocates nothing while no condition holds.
 */
public final class HealthReporter {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;

    /** A counter; {@code trouble}: its change is worth a report of its own, at most once in ten seconds. */
    public record Counter(String name, boolean trouble, LongSupplier value) {}

    /**
     * Something that is wrong, reported while it holds.
     *
     * @param message what, where, what to do; asked for only while it holds
     */
    public record Condition(String type, String reason, BooleanSupplier holds, Supplier<String> message) {}

    private final Outbox outbox;
    private final byte[] fixed;
    private final List<Counter> counters;
    private final List<Condition> conditions;
    private final byte[][] names;
    private final long[] reported;
    private final RecordBuffer record = new RecordBuffer();
    private long lastReport;

    /** @param fixed encoded fields of the health message that stay the same */
    public HealthReporter(Outbox outbox, byte[] fixed, List<Counter> counters, List<Condition> conditions) {
        this.outbox = outbox;
        this.fixed = fixed.clone();
        this.counters = List.copyOf(counters);
        this.conditions = List.copyOf(conditions);
        this.names = this.counters.stream()
                .map(counter -> counter.name().getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        this.reported = new long[names.length];
    }

    /** Appends a report if one is due. */
    public void report(long nowBootNs) {
        boolean first = lastReport == 0;
        if (first || due(nowBootNs - lastReport)) {
            append(nowBootNs);
        }
    }

    private boolean due(long sinceLast) {
        if (sinceLast < 10 * SECOND_NS) {
            return false;
        }
        boolean minute = sinceLast >= MINUTE_NS;
        for (int i = 0; i < reported.length; i++) {
            Counter counter = counters.get(i);
            if ((minute || counter.trouble()) && counter.value().getAsLong() != reported[i]) {
                return true;
            }
        }
        return false;
    }

    private void append(long nowBootNs) {
        ProtoWriter body = record.begin();
        body.fields(fixed, 0, fixed.length);
        body.fixed64(3, nowBootNs);
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).holds().getAsBoolean()) {
                write(body, conditions.get(i));
            }
        }
        for (int i = 0; i < reported.length; i++) {
            reported[i] = counters.get(i).value().getAsLong();
            int mark = body.begin(10);
            body.bytes(1, names[i], 0, names[i].length);
            body.varint(2, reported[i]);
            body.end(mark);
        }
        if (outbox.report(RecordClasses.HEALTH, record)) {
            lastReport = nowBootNs;
        }
    }

    private static void write(ProtoWriter body, Condition condition) {
        int mark = body.begin(9);
        body.string(1, condition.type());
        body.bool(2, true);
        body.string(3, condition.reason());
        body.string(4, condition.message().get());
        body.end(mark);
    }
}
