/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.ring.BootClock;
import dev.defender.sensor.ring.HostFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** Writes a capture file: chooses records, masks them, and adds what replay needs besides. One thread. */
final class Recorder implements AutoCloseable {
    private static final long NANOS = 1_000_000_000L;
    private static final long CLOCK_INTERVAL_NS = 10 * NANOS;
    private static final int ABI = 1;

    private final ChunkWriter file;
    private final RecordingOptions options;
    private final FactNotes notes;
    private final ByteBuffer chunk =
            ByteBuffer.allocate(ChunkType.MAX_PAYLOAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer small = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private TaskSelection tasks = new TaskSelection();
    private ChunkType chunkType = ChunkType.TASKS;
    private int entries;
    private long records;
    private long nextClock;

    Recorder(Path path, RecordingOptions options, HostFacts facts) throws IOException {
        this.options = options;
        this.notes = new FactNotes(facts);
        this.file = new ChunkWriter(path);
        CaptureHeader header = new CaptureHeader(
                ABI,
                facts.node(),
                facts.bootId(),
                facts.kernelRelease(),
                facts.architecture(),
                options.producer(),
                options.epoch(),
                options.cgroup(),
                options.masked());
        small.put(header.encode());
        file.write(ChunkType.HEADER, 1, small);
        clock();
    }

    /** Takes a record in, if it is one to record. */
    void take(ByteBuffer record, int at, int length) throws IOException {
        if (length < RecordFields.HEADER_BYTES) {
            return;
        }
        if (RecordFields.type(record, at) == EventType.TASK) {
            if (options.cgroup() == 0) {
                append(ChunkType.TASKS, record, at, length);
            } else {
                tasks.add(record, at, length);
            }
        } else if (isInside(record, at, length)) {
            append(ChunkType.RECORDS, record, at, length);
        }
    }

    /** All tasks were taken in. */
    void tasksEnd() throws IOException {
        for (ByteBuffer task : tasks.of(options.cgroup())) {
            append(ChunkType.TASKS, task, 0, task.limit());
        }
        tasks = new TaskSelection();
        flush();
    }

    private boolean isInside(ByteBuffer record, int at, int length) {
        long only = options.cgroup();
        return only == 0
                || RecordFields.cgroupKey(record, at) == only
                || RecordFields.childCgroupKey(record, at, length) == only;
    }

    private void append(ChunkType type, ByteBuffer record, int at, int length) throws IOException {
        if (type != chunkType || chunk.position() >= ChunkType.FULL_BYTES || notes.full()) {
            flush();
            chunkType = type;
        }
        notes.note(record, at, length);
        chunk.putInt(length);
        int start = chunk.position();
        chunk.put(start, record, at, length).position(start + length);
        if (RecordFields.hasArguments(chunk, start, length)) {
            mask(start, length, isInside(record, at, length) ? options.mask() : ArgumentMask.ALL);
        }
        entries++;
        records += type == ChunkType.RECORDS ? 1 : 0;
    }

    private void mask(int start, int length, ArgumentMask mask) {
        int from = start + RecordFields.ARGS;
        int end = from + RecordFields.argsLength(chunk, start, length);
        int begin = from;
        while (begin < end && chunk.get(begin) != 0) {
            begin++;
        }
        mask.mask(chunk.array(), from, Math.min(begin + 1, end), end);
    }

    /** Writes out what is pending. */
    void flush() throws IOException {
        notes.flush(file);
        file.write(chunkType, entries, chunk);
        entries = 0;
        if (BootClock.nanos() >= nextClock) {
            clock();
        }
    }

    private void clock() throws IOException {
        long boot = BootClock.nanos();
        Instant now = Instant.now();
        small.putLong(boot).putLong(now.getEpochSecond() * NANOS + now.getNano());
        file.write(ChunkType.CLOCKS, 1, small);
        nextClock = boot + CLOCK_INTERVAL_NS;
    }

    /** Ends the recording in order. */
    void end(long ringLost) throws IOException {
        flush();
        small.putLong(records).putLong(ringLost);
        file.write(ChunkType.END, 1, small);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** For a message. */
    static String text(ByteBuffer payload) {
        return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }
}
