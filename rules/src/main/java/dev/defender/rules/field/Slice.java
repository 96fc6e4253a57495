/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.field;

import java.nio.charset.StandardCharsets;

/**
 * A window on bytes that someone else owns, reused from call to call. Whoever fills it either {@linkplain #wrap wraps} an
 * array that stays unchanged until the event is done, or writes into {@link #room} where the bytes live outside the heap.
 * Not thread-safe.
 */
public final class Slice {
    private static final byte[] EMPTY = new byte[0];

    private byte[] own = EMPTY;
    private byte[] bytes = EMPTY;
    private int offset;
    private int length;

    /** Shows {@code length} bytes of {@code bytes} from {@code offset}; nothing is copied. */
    public Slice wrap(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
        return this;
    }

    /**
     * Makes this slice show {@code length} bytes of its own buffer, and returns that buffer, to be written from index 0.
     * The buffer grows when it must and is kept, so that steady use does not allocate.
     */
    public byte[] room(int length) {
        if (own.length < length) {
            own = new byte[Math.max(256, Integer.highestOneBit(Math.max(1, length - 1)) << 1)];
        }
        wrap(own, 0, length);
        return own;
    }

    /** The array behind the window; only {@code [offset, offset + length)} is meant. */
    public byte[] bytes() {
        return bytes;
    }

    /** Index of the first byte in {@link #bytes}. */
    public int offset() {
        return offset;
    }

    /** Length in bytes. */
    public int length() {
        return length;
    }

    /** The byte at {@code index} of the window, unchecked against {@link #length}. */
    public byte at(int index) {
        return bytes[offset + index];
    }

    /** The bytes as UTF-8, malformed ones replaced. Allocates: for output only. */
    @Override
    public String toString() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }
}
