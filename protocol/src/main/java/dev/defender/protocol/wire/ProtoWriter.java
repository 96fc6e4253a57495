/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes one protobuf message into a byte array, forward and without allocation.
 *
 * <p>The length of a nested message is written as a three-byte varint once it is known, so nothing is measured twice;
 * that is a legal, if not the shortest, encoding, and bounds a nested message to 2 MiB. Fields with the default value
 * are left out, as proto3 does. What does not fit sets {@link #overflowed()} and writes nothing more, so the caller
 * checks once, at the end. One thread at a time.
 */
public final class ProtoWriter {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int NESTED_LENGTH_BYTES = 3;
    private static final int MAX_VARINT_BYTES = 10;
    private static final int TYPE_VARINT = 0;
    private static final int TYPE_FIXED64 = 1;
    private static final int TYPE_LENGTH = 2;

    private byte[] buffer = new byte[0];
    private int start;
    private int position;
    private int limit;
    private boolean overflowed;

    /** Begins a message at {@code offset}; it may grow to {@code length} bytes. */
    public ProtoWriter wrap(byte[] target, int offset, int length) {
        buffer = target;
        start = offset;
        position = offset;
        limit = offset + length;
        overflowed = false;
        return this;
    }

    /** Index in the array where the next byte goes. */
    public int position() {
        return position;
    }

    /** Bytes written since {@link #wrap}. */
    public int length() {
        return position - start;
    }

    /** Whether something did not fit; the message is then not usable. */
    public boolean overflowed() {
        return overflowed;
    }

    /** uint32, uint64, enum. */
    public void varint(int field, long value) {
        if (value != 0 && room(2 * MAX_VARINT_BYTES)) {
            rawVarint((long) field << 3 | TYPE_VARINT);
            rawVarint(value);
        }
    }

    /** int32 and int64: a negative value takes ten bytes, as protobuf demands. */
    public void signed(int field, long value) {
        varint(field, value);
    }

    public void bool(int field, boolean value) {
        varint(field, value ? 1 : 0);
    }

    public void fixed64(int field, long value) {
        if (value != 0 && room(MAX_VARINT_BYTES + 8)) {
            rawVarint((long) field << 3 | TYPE_FIXED64);
            LONG.set(buffer, position, value);
            position += 8;
        }
    }

    /** string (the bytes must be UTF-8), bytes, or a message that is already encoded. Empty is left out. */
    public void bytes(int field, byte[] source, int offset, int length) {
        if (length != 0 && room(2 * MAX_VARINT_BYTES + length)) {
            rawVarint((long) field << 3 | TYPE_LENGTH);
            rawVarint(length);
            System.arraycopy(source, offset, buffer, position, length);
            position += length;
        }
    }

    /** Whole fields of this message that are encoded already, tags included. */
    public void fields(byte[] source, int offset, int length) {
        if (room(length)) {
            System.arraycopy(source, offset, buffer, position, length);
            position += length;
        }
    }

    /** A string off the hot path: allocates. */
    public void string(int field, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        bytes(field, utf8, 0, utf8.length);
    }

    /** One element of a packed or unpacked repeated varint, zero included. */
    public void element(int field, long value) {
        if (room(2 * MAX_VARINT_BYTES)) {
            rawVarint((long) field << 3 | TYPE_VARINT);
            rawVarint(value);
        }
    }

    /**
     * Begins a nested message; write its fields, then call {@link #end} with what this returned.
     *
     * @return mark for {@link #end}
     */
    public int begin(int field) {
        if (!room(MAX_VARINT_BYTES + NESTED_LENGTH_BYTES)) {
            return position;
        }
        rawVarint((long) field << 3 | TYPE_LENGTH);
        position += NESTED_LENGTH_BYTES;
        return position;
    }

    /** Ends the nested message that {@link #begin} returned {@code mark} for. */
    public void end(int mark) {
        if (overflowed) {
            return;
        }
        int length = position - mark;
        if (length >= 1 << 7 * NESTED_LENGTH_BYTES) {
            overflowed = true;
            return;
        }
        buffer[mark - 3] = (byte) (length & 0x7F | 0x80);
        buffer[mark - 2] = (byte) (length >>> 7 & 0x7F | 0x80);
        buffer[mark - 1] = (byte) (length >>> 14);
    }

    private boolean room(int bytes) {
        if (overflowed || bytes > limit - position) {
            // The bound is the worst case of a tag and a length, so that no single write has to check twice.
            overflowed = true;
            return false;
        }
        return true;
    }

    private void rawVarint(long value) {
        long rest = value;
        int at = position;
        while ((rest & ~0x7FL) != 0) {
            buffer[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[at++] = (byte) rest;
        position = at;
    }
}
