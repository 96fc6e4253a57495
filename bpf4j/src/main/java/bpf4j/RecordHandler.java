/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import java.nio.ByteBuffer;

/** Gets the records of a {@link RingBuffer} one by one. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Reads one record in place. The bytes are the kernel's: valid during this call only, and read-only.
     *
     * @param data the ring's whole data area in native byte order, always the same buffer: use absolute access; a record is
     *     never split, also where the ring wraps
     * @param offset where the record begins in {@code data}; a multiple of 8
     * @param length the record's bytes, as the BPF program reserved them
     */
    void onRecord(ByteBuffer data, int offset, int length);
}
