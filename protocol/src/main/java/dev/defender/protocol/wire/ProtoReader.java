/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Walks the fields of one protobuf message in a byte array without allocation.
 *
 * <pre>{@code
 * reader.wrap(bytes, offset, length);
 * while (reader.next()) {
 *     switch (reader.field()) {
 *         case 1 -> version = reader.number();
 *         case 2 -> producer = reader.string();
 *         default -> {} // unknown fields are passed over
 *     }
 * }
 * if (reader.malformed()) { … }
 * }</pre>
 *
 * Malformed input never throws: the walk ends and {@link #malformed()} says so. One thread at a time.
 */
public final class ProtoReader {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] buffer = new byte[0];
    private int position;
    private int limit;
    private boolean malformed;
    private int field;
    private boolean delimited;
    private long number;
    private int valueOffset;
    private int valueLength;

    /** Begins at {@code offset}; the message has {@code length} bytes. */
    public ProtoReader wrap(byte[] source, int offset, int length) {
        buffer = source;
        position = offset;
        limit = offset + length;
        malformed = false;
        return this;
    }

    /** Moves to the next field; false at the end or where the bytes stop making sense. */
    public boolean next() {
        if (malformed || position == limit) {
            return false;
        }
        long tag = rawVarint();
        field = (int) (tag >>> 3);
        number = 0;
        valueLength = 0;
        delimited = (tag & 7) == 2;
        switch ((int) tag & 7) {
            case 0 -> number = rawVarint();
            case 1 -> readFixed(8);
            case 2 -> readLengthDelimited();
            case 5 -> readFixed(4);
            default -> malformed = true;
        }
        if (field == 0) {
            malformed = true;
        }
        return !malformed;
    }

    public boolean malformed() {
        return malformed;
    }

    public int field() {
        return field;
    }

    /** Value of a varint or fixed field; 0 for others. */
    public long number() {
        return number;
    }

    /** Where the bytes of a string, bytes or message field begin in the array. */
    public int valueOffset() {
        return valueOffset;
    }

    public int valueLength() {
        return valueLength;
    }

    /** The field's bytes as a string: allocates. */
    public String string() {
        return new String(buffer, valueOffset, valueLength, StandardCharsets.UTF_8);
    }

    /**
     * Reads a repeated unsigned field into {@code target}, whether it came packed or as single elements.
     *
     * @return {@code filled} plus the elements read; those past the end of {@code target} are dropped
     */
    public int repeated(long[] target, int filled) {
        int count = filled;
        if (!delimited) {
            if (count < target.length) {
                target[count++] = number;
            }
            return count;
        }
        int resume = position;
        int outer = limit;
        position = valueOffset;
        limit = valueOffset + valueLength;
        while (position < limit && !malformed) {
            long element = rawVarint();
            if (count < target.length) {
                target[count++] = element;
            }
        }
        position = resume;
        limit = outer;
        return count;
    }

    private void readFixed(int bytes) {
        if (limit - position < bytes) {
            malformed = true;
            return;
        }
        number = bytes == 8
                ? (long) LONG.get(buffer, position)
                : Integer.toUnsignedLong((int) INT.get(buffer, position));
        position += bytes;
    }

    private void readLengthDelimited() {
        long length = rawVarint();
        if (malformed || length < 0 || length > limit - position) {
            malformed = true;
            return;
        }
        valueOffset = position;
        valueLength = (int) length;
        position += valueLength;
    }

    private long rawVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (position == limit) {
                malformed = true;
                return 0;
            }
            byte next = buffer[position++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        malformed = true;
        return 0;
    }
}
