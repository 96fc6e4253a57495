/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.enrich.Container;
import dev.defender.sensor.state.ProcessEntry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The event that rules are asked about, in all its forms. One is reused for all events; its parts are valid until the next.
 */
public final class Trigger {
    private final RecordBuffer record;
    private @Nullable RawEvent event;
    private @Nullable ProcessEntry process;
    private Container container = Container.HOST;
    private long time;
    private long sequence;

    /** @param record where events are encoded, one after the other */
    public Trigger(RecordBuffer record) {
        this.record = record;
    }

    /** @param encodedTime as the encoded event has it, CLOCK_BOOTTIME ns */
    public void set(RawEvent raw, ProcessEntry subject, Container where, long encodedTime) {
        event = raw;
        process = subject;
        container = where;
        time = encodedTime;
    }

    /** @param number of the event in the bulk lane; 0 if it was dropped */
    public void numbered(long number) {
        sequence = number;
    }

    public RawEvent event() {
        return Objects.requireNonNull(event, "no event yet");
    }

    /** The encoded event. */
    public RecordBuffer record() {
        return record;
    }

    /** Whose action it is. */
    public ProcessEntry process() {
        return Objects.requireNonNull(process, "no event yet");
    }

    public Container container() {
        return container;
    }

    public long time() {
        return time;
    }

    public long sequence() {
        return sequence;
    }
}
