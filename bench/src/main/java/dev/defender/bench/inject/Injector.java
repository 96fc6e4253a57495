/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.inject;

import bpf4j.BpfMap;
import bpf4j.BpfObject;
import bpf4j.BpfProgram;
import dev.defender.sensor.ring.LedgerLayout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Writes events into the ring of a running sensor from inside the kernel, counted in the sensor's ledger as its own hooks
 * count. The events come round in order; each gets the time of its writing. One thread.
 */
public final class Injector implements AutoCloseable {
    /** Most bytes of one event and most events, as inject.bpf.c has them. */
    public static final int TEMPLATE_BYTES = 2048;

    public static final int TEMPLATES = 512;

    private static final int MAX_BATCH = 512;
    private static final int ARRAY = 2;
    private static final int RING_BUFFER = 27;
    private static final int LEDGER_ROW_BYTES = 1024;
    private static final int ROW_OFFSET = 68;

    private final BpfObject object;
    private final BpfProgram program;
    private final int templates;
    private final ByteBuffer request = ByteBuffer.allocate(12).order(ByteOrder.nativeOrder());
    private long offered;
    private long full;

    private Injector(BpfObject object, int templates) {
        this.object = object;
        this.program = object.program("inject");
        this.templates = templates;
    }

    /**
     * @param sensor its process id
     * @param events ring records as the sensor's hooks write them, at most {@link #TEMPLATES} of {@link #TEMPLATE_BYTES}
     * @throws IOException if that process has no ring
     */
    public static Injector into(long sensor, List<byte[]> events) throws IOException {
        ForeignMaps maps = new ForeignMaps(sensor);
        BpfObject object = BpfObject.open("inject", program());
        try (BpfMap ring = maps.open(RING_BUFFER, 0, 0);
                BpfMap ledger = maps.open(ARRAY, LEDGER_ROW_BYTES, LedgerLayout.ROWS)) {
            object.mapSpec("events").reuse(ring);
            object.mapSpec("ledger").reuse(ledger);
            object.load();
        }
        BpfMap slots = object.map("templates");
        for (int i = 0; i < events.size(); i++) {
            slots.update(key(i), slot(events.get(i)));
        }
        return new Injector(object, events.size());
    }

    private static byte[] key(int index) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(index)
                .array();
    }

    private static byte[] slot(byte[] event) {
        // Row 0 is "other": the recorded row belongs to a container that is not there.
        ByteBuffer slot = ByteBuffer.allocate(TEMPLATE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return slot.put(event).putInt(ROW_OFFSET, 0).array();
    }

    private static byte[] program() throws IOException {
        try (InputStream in = Injector.class.getResourceAsStream("/bpf/inject.bpf.o")) {
            if (in == null) {
                throw new IOException("the bench's jar lacks /bpf/inject.bpf.o; build it with Maven");
            }
            return in.readAllBytes();
        }
    }

    /** Writes {@code count} events as fast as they go. */
    public void inject(int count) {
        for (int left = count; left > 0; left -= MAX_BATCH) {
            int batch = Math.min(left, MAX_BATCH);
            request.putInt(0, (int) (offered % templates)).putInt(4, batch).putInt(8, templates);
            full += program.run(request.array());
            offered += batch;
        }
    }

    /**
     * Writes {@code count} events evenly at {@code perSecond}; returns when the last is in.
     *
     * @return events per second that it really came to: less where the machine cannot write so many
     */
    public double injectAtRate(long count, int perSecond) {
        return new Pace(perSecond).run(count, this::inject);
    }

    /** Events that were to be written so far. */
    public long offered() {
        return offered;
    }

    /** Of those, how many found no room in the ring. */
    public long ringFull() {
        return full;
    }

    @Override
    public void close() {
        object.close();
    }
}
