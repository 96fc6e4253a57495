/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * An answer of the host that a record needs. In the file: u8 kind, u64 key, u16 length, UTF-8 text. An answer that the host
 * did not have is not written.
 */
enum Fact {
    /** Key: uid. Text: user name. */
    USER(1),
    /** Key: cgroup key. Text: path in its hierarchy. */
    CGROUP(2),
    /** Key: cgroup key. Text: {@link dev.defender.sensor.bundle.FactsText} of the container that the cgroup belongs to. */
    CONTAINER(3);

    private static final int FIXED_BYTES = 11;
    private static final int MAX_TEXT_BYTES = 16 * 1024;

    private final byte kind;

    Fact(int kind) {
        this.kind = (byte) kind;
    }

    void write(ByteBuffer to, long key, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(bytes.length, MAX_TEXT_BYTES);
        to.put(kind).putLong(key).putShort((short) length).put(bytes, 0, length);
    }

    /** Reads the facts of this kind out of a chunk, and passes over the others. */
    void readInto(ByteBuffer chunk, Long2ObjectHashMap<String> facts) {
        ByteBuffer from = chunk.duplicate().order(chunk.order());
        while (from.remaining() >= FIXED_BYTES) {
            byte found = from.get();
            long key = from.getLong();
            byte[] text = new byte[Math.min(Short.toUnsignedInt(from.getShort()), from.remaining())];
            from.get(text);
            if (found == kind) {
                facts.put(key, new String(text, StandardCharsets.UTF_8));
            }
        }
    }
}
