/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.ring;

import bpf4j.BpfObject;
import bpf4j.BpfProgram;
import bpf4j.RecordFields;
import bpf4j.RecordHandler;
import bpf4j.RingBuffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Our side of the ring benchmark, a program of its own with the arguments and the dialogue of {@code ring_consumer.c}. */
final class RingConsumer {
    private static final int PRODUCER_CPU = 0;
    private static final int CONSUMER_CPU = 1;

    private long events;
    private long checksum;

    private RingConsumer() {}

    /** Delivery alone: what a handler does with the bytes is its own affair. */
    private void count(ByteBuffer data, int offset, int length) {
        events++;
        checksum += length;
    }

    /** Type, length and time: what a decoder needs to know what it has before it. The first two lie in one word. */
    private void readHead(ByteBuffer data, int offset, int length) {
        long head = RecordFields.getLong(data, offset);
        long type = head & 0xffff;
        long stated = head >>> Integer.SIZE;
        events++;
        checksum += length + type + stated + RecordFields.getLong(data, offset + Long.BYTES);
    }

    /** OBJECT RECORD_BYTES RECORDS_PER_FILL READ_HEAD; then a number of fills per line on stdin. */
    public static void main(String[] args) throws IOException {
        try (BpfObject object = BpfObject.open("flood", Files.readAllBytes(Path.of(args[0])))) {
            object.globals()
                    .setInt("record_bytes", Integer.parseInt(args[1]))
                    .setInt("records_per_run", Integer.parseInt(args[2]));
            object.load();
            try (RingBuffer ring = RingBuffer.map(object.map("ring"));
                    BufferedReader lines =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
                BpfProgram flood = object.program("flood");
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    RingConsumer consumer = new RingConsumer();
                    RecordHandler handler = args[3].equals("0") ? consumer::count : consumer::readHead;
                    System.out.println(consumer.round(flood, ring, handler, Integer.parseInt(line)));
                }
            }
        }
    }

    private String round(BpfProgram flood, RingBuffer ring, RecordHandler handler, int fills) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long spent = 0;
        for (int fill = 0; fill < fills; fill++) {
            Cpu.moveTo(PRODUCER_CPU);
            flood.run(null);
            Cpu.moveTo(CONSUMER_CPU);
            long before = threads.getCurrentThreadCpuTime();
            ring.consume(handler);
            spent += threads.getCurrentThreadCpuTime() - before;
        }
        return events + " " + spent + " " + checksum;
    }
}
