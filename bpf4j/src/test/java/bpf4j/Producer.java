/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The program of ring.bpf.c: writes numbered records on demand, from 1. One thread. */
final class Producer implements AutoCloseable {
    /** Records that one run can write. */
    static final int MAX_RECORDS = 64;

    private final BpfObject object;
    private final BpfProgram program;
    private final MappedMemory counters;

    private Producer(BpfObject object) {
        this.object = object;
        this.program = object.program("produce");
        this.counters = object.map("counters").mapMemory(true);
    }

    static Producer load(int ringBytes, int discardEvery) {
        BpfObject object = TestObjects.open("ring");
        object.mapSpec("ring").maxEntries(ringBytes);
        object.globals().setInt("discard_every", discardEvery);
        return new Producer(object.load());
    }

    BpfMap ring() {
        return object.map("ring");
    }

    BpfMap map(String name) {
        return object.map(name);
    }

    void produce(int records) {
        run(records, false, false);
    }

    void produceOddSizes(int records) {
        run(records, true, false);
    }

    void produceUrgent(int records) {
        run(records, false, true);
    }

    private void run(int records, boolean odd, boolean force) {
        if (records > MAX_RECORDS) {
            throw new IllegalArgumentException("at most " + MAX_RECORDS + " records per run");
        }
        program.run(ByteBuffer.allocate(12)
                .order(ByteOrder.nativeOrder())
                .putInt(records)
                .putInt(odd ? 1 : 0)
                .putInt(force ? 1 : 0)
                .array());
    }

    long produced() {
        return counter(0);
    }

    long dropped() {
        return counter(1);
    }

    long discarded() {
        return counter(2);
    }

    private long counter(int index) {
        return counters.buffer().getLong(index * Long.BYTES);
    }

    @Override
    public void close() {
        object.close();
    }
}
