/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.json;

import java.util.Arrays;

/**
 * Bytes that are written one after the other up to a bound. What goes past it sets {@link #overflowed} and is not kept;
 * {@link #truncate} goes back to a good end. One thread.
 */
public final class ByteSink {
    private byte[] bytes;
    private int length;
    private int limit;
    private boolean overflowed;

    /**
     * @param initial bytes to begin with
     * @param limit most bytes, until {@link #limit} changes it
     */
    public ByteSink(int initial, int limit) {
        this.bytes = new byte[initial];
        this.limit = limit;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public int limit() {
        return limit;
    }

    public void limit(int mostBytes) {
        limit = mostBytes;
    }

    public boolean overflowed() {
        return overflowed;
    }

    public void clear() {
        truncate(0);
    }

    /** Takes back everything behind the first {@code to} bytes, and with it the overflow. */
    public void truncate(int to) {
        length = to;
        overflowed = false;
    }

    public void put(byte value) {
        if (fits(1)) {
            bytes[length++] = value;
        }
    }

    public void put(byte[] source, int offset, int count) {
        if (fits(count)) {
            System.arraycopy(source, offset, bytes, length, count);
            length += count;
        }
    }

    /** Writes past the bound, if it must: what closes an object that was begun within it. */
    public void close(char bracket) {
        ensure(1);
        bytes[length++] = (byte) bracket;
    }

    private boolean fits(int count) {
        if (overflowed || count > limit - length) {
            overflowed = true;
            return false;
        }
        ensure(count);
        return true;
    }

    private void ensure(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }
}
