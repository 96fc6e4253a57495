/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import dev.defender.rules.field.Field;
import dev.defender.rules.field.FieldSource;
import dev.defender.rules.field.Slice;
import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.state.ProcessEntry;

/** The event at hand as rules ask for it. */
final class EventFields implements FieldSource {
    private final ProcessFields processes;
    private final FileFields files = new FileFields();
    private final SocketFields sockets = new SocketFields();
    private final Trigger trigger;

    EventFields(ProcessFields processes, Trigger trigger) {
        this.processes = processes;
        this.trigger = trigger;
    }

    /** A new event is the trigger. */
    void begin() {
        files.begin();
    }

    /** Whether arguments come with their secrets masked. */
    void masked(boolean on) {
        processes.masked(on);
    }

    @Override
    public long number(Field field, int depth) {
        RawEvent raw = trigger.event();
        ProcessEntry process = trigger.process();
        return switch (field) {
            case EVT_RAWRES -> result(raw);
            case PROC_DURATION -> raw.timeBootNs() - process.startBootNs();
            case FD_NUM -> descriptor(raw);
            case EVT_OPEN_FLAGS, EVT_OPEN_MODE, EVT_OPEN_CREATED, FD_INO, FD_UPPER_LAYER ->
                raw.type() == EventType.OPEN ? files.number(raw, field) : MISSING;
            case FD_TYPECHAR -> typeChar(raw);
            case FD_CPORT, FD_SPORT, FD_L4PROTO, FD_IS_SERVER, FD_CONNECTED ->
                isNetwork(raw) ? sockets.number(raw, field) : MISSING;
            default -> processes.number(process, field, depth);
        };
    }

    @Override
    public boolean text(Field field, int depth, Slice into) {
        RawEvent raw = trigger.event();
        ProcessEntry process = trigger.process();
        return switch (field) {
            case FD_NAME -> raw.type() == EventType.OPEN && files.name(raw, into);
            case FD_CIP, FD_SIP -> isNetwork(raw) && sockets.address(raw, field, into);
            case CONTAINER_ID -> some(trigger.container().id(), into);
            case CONTAINER_NAME -> some(trigger.container().name(), into);
            case CONTAINER_IMAGE -> some(trigger.container().image(), into);
            case CONTAINER_IMAGE_DIGEST -> some(trigger.container().imageDigest(), into);
            case K8S_POD_NAME -> some(trigger.container().podName(), into);
            case K8S_POD_UID -> some(trigger.container().podUid(), into);
            case K8S_NS_NAME -> some(trigger.container().namespace(), into);
            default -> processes.text(process, field, depth, into);
        };
    }

    @Override
    public boolean label(String key, Slice into) {
        byte[] value = trigger.container().label(key);
        return value != null && some(value, into);
    }

    private static boolean some(byte[] text, Slice into) {
        into.wrap(text, 0, text.length);
        return text.length > 0;
    }

    private static long result(RawEvent raw) {
        return switch (raw.type()) {
            case EventType.OPEN -> raw.open().result();
            case EventType.ACCEPT -> raw.network().fd();
            case EventType.FORK -> raw.fork().childPid();
            case EventType.EXEC, EventType.CONNECT, EventType.LISTEN -> 0;
            default -> MISSING;
        };
    }

    private static long descriptor(RawEvent raw) {
        return switch (raw.type()) {
            case EventType.OPEN -> Math.max(-1, raw.open().result());
            case EventType.ACCEPT -> raw.network().fd();
            default -> MISSING;
        };
    }

    private long typeChar(RawEvent raw) {
        if (raw.type() == EventType.OPEN) {
            return files.number(raw, Field.FD_TYPECHAR);
        }
        return isNetwork(raw) ? raw.network().family() == 4 ? '4' : '6' : MISSING;
    }

    private static boolean isNetwork(RawEvent raw) {
        int type = raw.type();
        return type == EventType.CONNECT || type == EventType.ACCEPT || type == EventType.LISTEN;
    }
}
