/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import bpf4j.BpfProgram;
import bpf4j.RecordHandler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The processes that are there, from the kernel's iterator, with their arguments from /proc: the iterator cannot read another
 * process's memory.
 */
final class TaskTable {
    private static final int LENGTH = 4;
    private static final int START = 24;
    private static final int TGID = 40;
    private static final int FLAGS = 72;
    private static final int ARGS_LENGTH = 140;
    private static final int SECTIONS = 152;
    private static final int MAX_RECORD = 16 * 1024;
    private static final int KERNEL_THREAD = 1 << 9;

    private final ByteBuffer record =
            ByteBuffer.allocate(MAX_RECORD + CommandLine.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private byte[] bytes = new byte[64 * 1024];
    private int size;

    private TaskTable() {}

    /** Runs the iterator and hands over a record for each process. */
    static void read(BpfProgram iterator, RecordHandler handler) {
        TaskTable table = new TaskTable();
        iterator.iterate(table::append);
        table.deliver(handler);
    }

    private void append(ByteBuffer chunk) {
        int more = chunk.remaining();
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
        chunk.get(bytes, size, more);
        size += more;
    }

    private void deliver(RecordHandler handler) {
        ByteBuffer all = ByteBuffer.wrap(bytes, 0, size).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + SECTIONS <= size) {
            int length = all.getInt(at + LENGTH);
            if (length < SECTIONS || at + length > size) {
                throw new IllegalStateException("process iterator wrote a record of " + length + " bytes at " + at);
            }
            handler.onRecord(record, 0, complete(all, at, length));
            at += length;
        }
    }

    /** Puts the arguments in front of the other sections, where event.h wants them. */
    private int complete(ByteBuffer all, int at, int length) {
        record.put(0, all, at, SECTIONS);
        int flags = all.getInt(at + FLAGS);
        byte[] args = new byte[0];
        if ((flags & KERNEL_THREAD) == 0) {
            CommandLine line = CommandLine.read(all.getInt(at + TGID), all.getLong(at + START));
            args = line.bytes();
            flags |= line.flags();
        }
        record.put(SECTIONS, args);
        record.put(SECTIONS + args.length, all, at + SECTIONS, length - SECTIONS);
        record.putShort(ARGS_LENGTH, (short) args.length);
        record.putInt(FLAGS, flags);
        record.putInt(LENGTH, length + args.length);
        return length + args.length;
    }
}
