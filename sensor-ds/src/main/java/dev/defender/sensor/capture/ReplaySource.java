/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import bpf4j.RecordHandler;
import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.ring.HostFacts;
import dev.defender.sensor.ring.LedgerLayout;
import dev.defender.sensor.ring.LedgerMaps;
import dev.defender.sensor.ring.RecordSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Delivers a capture again, up to where the file is good. Nothing of this host is opened but the file. Counts what it
 * delivers as captured, under the rows that the records were captured in.
 */
public final class ReplaySource implements RecordSource {
    /** How fast. */
    public enum Speed {
        /** As the records came. */
        RECORDED,
        /** As the consumer takes them, at most 1,024 per poll. */
        FULL
    }

    private static final int MOST_PER_POLL = 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final CaptureFile capture;
    private final Path path;
    private final Speed speed;
    private final ReplayClock clock = new ReplayClock();
    private final LedgerMaps ledger = LedgerMaps.allocate();
    private final ChunkReader chunks;
    private ByteBuffer current = NOTHING;
    private boolean ended;

    private ReplaySource(Path path, CaptureFile capture, Speed speed) throws IOException {
        this.path = path;
        this.capture = capture;
        this.speed = speed;
        this.chunks = new ChunkReader(path);
    }

    /**
     * Reads the file through once, and stands before its first record.
     *
     * @throws CaptureException if it is no capture, or one of another version
     */
    public static ReplaySource open(Path path, Speed speed) throws IOException {
        return new ReplaySource(path, CaptureFile.scan(path), speed);
    }

    /** The producer that a replay of this file is: {@code replay:<hash of the file's good part>}. */
    public String producer() {
        return "replay:" + capture.hash();
    }

    /** One sentence about what is wrong with the file; null if nothing is. */
    public @Nullable String damage() {
        return capture.damage();
    }

    /** Ring records in the file's good part. */
    public long records() {
        return capture.records();
    }

    /** Records that the kernel lost while the capture was made; −1 = unknown. */
    public long lostWhileRecording() {
        return capture.ringLost();
    }

    @Override
    public void initialTasks(RecordHandler handler) {
        try (ChunkReader tasks = new ChunkReader(path)) {
            while (tasks.next()) {
                if (tasks.is(ChunkType.TASKS)) {
                    ByteBuffer chunk = tasks.payload();
                    while (chunk.hasRemaining()) {
                        deliver(chunk, handler);
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path, unreadable);
        }
    }

    @Override
    public int poll(RecordHandler handler, long timeoutNanos) {
        try {
            int delivered = drain(handler);
            if (delivered == 0 && !ended && timeoutNanos > 0) {
                clock.await(Math.min(timeoutNanos, clock.untilDue(nextTime())));
                delivered = drain(handler);
            }
            return delivered;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + path, unreadable);
        }
    }

    private int drain(RecordHandler handler) throws IOException {
        int delivered = 0;
        while (delivered < MOST_PER_POLL && advance()) {
            if (speed == Speed.RECORDED && clock.untilDue(nextTime()) > 0) {
                return delivered;
            }
            count(current, current.position() + Integer.BYTES);
            deliver(current, handler);
            delivered++;
        }
        return delivered;
    }

    /** Stands before the next record; false if there is none. */
    private boolean advance() throws IOException {
        while (!current.hasRemaining()) {
            current = NOTHING;
            if (!chunks.next()) {
                ended = true;
                return false;
            }
            if (chunks.is(ChunkType.RECORDS)) {
                current = chunks.payload();
            }
        }
        return true;
    }

    private long nextTime() {
        return RecordFields.timeBootNs(current, current.position() + Integer.BYTES);
    }

    private static void deliver(ByteBuffer chunk, RecordHandler handler) {
        int length = chunk.getInt();
        int at = chunk.position();
        chunk.position(at + length);
        handler.onRecord(chunk, at, length);
    }

    private void count(ByteBuffer record, int at) {
        int type = RecordFields.type(record, at);
        int row = RecordFields.row(record, at);
        if (type >= EventType.EXEC && type <= EventType.OPEN && row >= 0 && row < LedgerLayout.ROWS) {
            int cell = row * LedgerLayout.SLOTS + type - 1;
            ledger.setCaptured(cell, ledger.captured(cell) + 1);
        }
    }

    @Override
    public void wakeup() {
        clock.wake();
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public LedgerMaps ledger() {
        return ledger;
    }

    @Override
    public HostFacts facts() {
        return capture.facts();
    }

    @Override
    public void close() {
        try {
            chunks.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot close " + path, failed);
        }
    }
}
