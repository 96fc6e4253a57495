/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sink;

import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.protocol.wire.RecordHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Counts what comes in frames. Written by the sink's thread; read by any. */
public final class Arrivals {
    private volatile long events;
    private volatile long detections;
    private volatile long eventBytes;
    private static final int FINDINGS_KEPT = 10_000;
    private static final int SAMPLES_KEPT = 5_000;
    private final List<byte[]> samples = new ArrayList<>();
    private final List<byte[]> cuts = new ArrayList<>();
    private final List<byte[]> findings = new ArrayList<>();
    private final List<byte[]> gaps = new ArrayList<>();
    private final List<byte[]> healths = new ArrayList<>();

    /** Counts the records of the frame at {@code at} and returns the last sequence. */
    long take(ByteBuffer in, int at, int length) throws IOException {
        long sequence = 0;
        long newEvents = 0;
        long newBytes = 0;
        int end = at + length;
        for (int record = at + Frame.HEADER_BYTES; record < end; ) {
            int size = RecordHeader.recordLength(in, record, end - record);
            if (size < 0) {
                throw new IOException("a frame holds what is no record");
            }
            int recordClass = RecordHeader.recordClass(in, record);
            if (recordClass == RecordClasses.CUT) {
                keep(cuts, Integer.MAX_VALUE, in, record, size);
            } else if (recordClass == RecordClasses.GAP) {
                keep(gaps, Integer.MAX_VALUE, in, record, size);
            } else if (recordClass == RecordClasses.HEALTH) {
                keep(healths, Integer.MAX_VALUE, in, record, size);
            } else if (recordClass == RecordClasses.DETECTION) {
                detections++;
                keep(findings, FINDINGS_KEPT, in, record, size);
            } else if (RecordClasses.counted(recordClass)) {
                newEvents++;
                newBytes += size - RecordHeader.BYTES;
                if (events + newEvents <= SAMPLES_KEPT) {
                    keep(samples, SAMPLES_KEPT, in, record, size);
                }
            }
            sequence = RecordHeader.sequence(in, record);
            record += size;
        }
        events += newEvents;
        eventBytes += newBytes;
        return sequence;
    }

    private static void keep(List<byte[]> kept, int most, ByteBuffer in, int record, int size) {
        byte[] body = new byte[size - RecordHeader.BYTES];
        in.get(record + RecordHeader.BYTES, body);
        synchronized (kept) {
            if (kept.size() < most) {
                kept.add(body);
            }
        }
    }

    /** Events: records of classes that are captured, without detections. */
    public long events() {
        return events;
    }

    public long detections() {
        return detections;
    }

    /** Mean size of an encoded event, without its record's header, bytes; 0 before the first. */
    public long meanEventBytes() {
        long count = events;
        return count == 0 ? 0 : eventBytes / count;
    }

    /** Bodies of the first events, at most 5,000, in order. */
    public List<byte[]> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    /** Bodies of the cuts so far, in order. */
    public List<byte[]> cuts() {
        synchronized (cuts) {
            return List.copyOf(cuts);
        }
    }

    /** Bodies of the gaps so far, in order. */
    public List<byte[]> gaps() {
        synchronized (gaps) {
            return List.copyOf(gaps);
        }
    }

    /** Bodies of the health reports so far, in order. */
    public List<byte[]> healths() {
        synchronized (healths) {
            return List.copyOf(healths);
        }
    }

    /** Bodies of the first detections, at most 10,000, in order. */
    public List<byte[]> findings() {
        synchronized (findings) {
            return List.copyOf(findings);
        }
    }
}
