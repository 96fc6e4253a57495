/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import dev.defender.sensor.decode.EventType;
import java.nio.ByteBuffer;

/** The few fields of a raw record that recording and replay look at; offsets of event.h. */
final class RecordFields {
    static final int HEADER_BYTES = 96;
    static final int ARGS = 152;
    private static final int CHILD_CGROUP = 104;
    private static final int ARGS_LENGTH = 140;

    private RecordFields() {}

    static int type(ByteBuffer record, int at) {
        return Short.toUnsignedInt(record.getShort(at));
    }

    static long timeBootNs(ByteBuffer record, int at) {
        return record.getLong(at + 8);
    }

    static long cgroupKey(ByteBuffer record, int at) {
        return record.getLong(at + 16);
    }

    static int row(ByteBuffer record, int at) {
        return record.getInt(at + 68);
    }

    static int pid(ByteBuffer record, int at) {
        return record.getInt(at + 40);
    }

    static int parentPid(ByteBuffer record, int at) {
        return record.getInt(at + 48);
    }

    static int uid(ByteBuffer record, int at) {
        return record.getInt(at + 52);
    }

    static int euid(ByteBuffer record, int at) {
        return record.getInt(at + 60);
    }

    static int loginUid(ByteBuffer record, int at) {
        return record.getInt(at + 64);
    }

    static boolean hasArguments(ByteBuffer record, int at, int length) {
        int type = type(record, at);
        return (type == EventType.EXEC || type == EventType.TASK) && length >= ARGS;
    }

    static int argsLength(ByteBuffer record, int at, int length) {
        return Math.min(Short.toUnsignedInt(record.getShort(at + ARGS_LENGTH)), length - ARGS);
    }

    /** Of a FORK the child's, which can differ; of others the record's own. */
    static long childCgroupKey(ByteBuffer record, int at, int length) {
        return type(record, at) == EventType.FORK && length >= ARGS
                ? record.getLong(at + CHILD_CGROUP)
                : cgroupKey(record, at);
    }
}
