/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.encode;

import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.enrich.Container;
import dev.defender.sensor.ring.BootClock;
import dev.defender.sensor.ring.HostFacts;
import dev.defender.sensor.state.ProcessEntry;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes one {@code defender.v1.Event}. */
public final class EventEncoder {
    private final Subjects subjects;
    private final ContainerEncoder containers = new ContainerEncoder();
    private final Activities activities = new Activities();
    private final HostFacts.@Nullable CaptureOrigin origin;
    private final byte[] originFields;
    private long shift;

    /** @param origin who captured the events first; null when they are captured now */
    public EventEncoder(Subjects subjects, HostFacts.@Nullable CaptureOrigin origin) {
        this.subjects = subjects;
        this.origin = origin;
        this.originFields = origin == null ? new byte[0] : fields(origin);
    }

    /** When the event counts as having happened: a replayed one happens now, as long after the first as it did then. */
    public long time(RawEvent event) {
        if (origin == null) {
            return event.timeBootNs();
        }
        if (shift == 0) {
            shift = BootClock.nanos() - event.timeBootNs();
        }
        return event.timeBootNs() + shift;
    }

    /**
     * @param subject whose action it is, as it is after the event
     * @param child of FORK: the new process; else ignored
     * @param body begun and empty
     */
    public void encode(
            ProtoWriter body, RawEvent event, ProcessEntry subject, @Nullable ProcessEntry child, Container container) {
        subjects.begin();
        activities.begin();
        body.fixed64(1, time(event));
        subjects.withParent(body, 2, subject);
        if (!container.host()) {
            byte[] message = containers.encoded(container);
            body.bytes(3, message, 0, message.length);
        }
        body.varint(4, event.ledgerRow());
        activity(body, event, subject, child);
        body.varint(5, subjects.redacted());
        body.varint(6, subjects.repaired() + activities.repaired());
        if (origin != null) {
            int mark = body.begin(7);
            body.fields(originFields, 0, originFields.length);
            body.fixed64(5, event.timeBootNs());
            body.end(mark);
        }
    }

    private void activity(ProtoWriter body, RawEvent event, ProcessEntry subject, @Nullable ProcessEntry child) {
        switch (event.type()) {
            case EventType.EXEC -> activities.exec(body, subject);
            case EventType.FORK -> {
                int mark = body.begin(10);
                if (child != null) {
                    subjects.alone(body, 1, child);
                }
                body.end(mark);
            }
            case EventType.EXIT -> activities.exit(body, event.exit());
            case EventType.OPEN -> activities.open(body, event);
            default -> activities.network(body, event);
        }
    }

    private static byte[] fields(HostFacts.CaptureOrigin origin) {
        byte[] room = new byte[4096];
        ProtoWriter body = new ProtoWriter().wrap(room, 0, room.length);
        body.string(1, origin.node());
        body.string(2, origin.bootId());
        body.string(3, origin.producer());
        body.fixed64(4, origin.epoch());
        return Arrays.copyOf(room, body.length());
    }
}
