/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Where one record is built: room for the header, then the body that a {@link ProtoWriter} fills. Reused by one thread. */
public final class RecordBuffer {
    private final byte[] bytes = new byte[RecordHeader.MAX_RECORD_BYTES];
    private final ByteBuffer view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private final ProtoWriter body = new ProtoWriter();

    /** Begins a new body; what was there is gone. */
    public ProtoWriter begin() {
        return body.wrap(bytes, RecordHeader.BYTES, RecordHeader.MAX_BODY_BYTES);
    }

    /** The body as far as it is written. */
    public ProtoWriter body() {
        return body;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** Index of the body's first byte in {@link #bytes}. */
    public int bodyOffset() {
        return RecordHeader.BYTES;
    }

    /** Header and body, bytes. */
    public int recordLength() {
        return RecordHeader.BYTES + body.length();
    }

    /** Writes the header for the body as far as it is written. */
    public void header(int lane, int recordClass, long sequence) {
        RecordHeader.write(view, 0, lane, recordClass, body.length(), sequence);
    }
}
