/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Byte arrays by size class, reused. Once the table has grown to its working size nothing is allocated any more. One
 * thread.
 */
public final class BufferPool {
    private static final int SMALLEST_SHIFT = 8;
    private static final int CLASSES = 9;

    /** Largest array, bytes. */
    public static final int MAX_BYTES = 1 << SMALLEST_SHIFT + CLASSES - 1;

    private final byte[][][] free = new byte[CLASSES][16][];
    private final int[] counts = new int[CLASSES];
    private final long maxBytes;
    private long bytes;

    /** @param maxBytes bound on all arrays, free ones included */
    public BufferPool(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * An array of at least {@code size} bytes with any contents, or null if the bound forbids it: free something and ask
     * again.
     *
     * @param size at most {@link #MAX_BYTES}
     */
    public byte @Nullable [] take(int size) {
        int sizeClass = sizeClass(size);
        if (counts[sizeClass] > 0) {
            byte[] buffer = free[sizeClass][--counts[sizeClass]];
            return buffer;
        }
        int length = 1 << SMALLEST_SHIFT + sizeClass;
        if (bytes + length > maxBytes && !dropFree(length)) {
            return null;
        }
        bytes += length;
        return new byte[length];
    }

    /** Allocates {@code count} arrays of {@code size} bytes ahead, so that growth to that point allocates nothing. */
    public void prepare(int size, int count) {
        int length = 1 << SMALLEST_SHIFT + sizeClass(size);
        for (int i = 0; i < count && bytes + length <= maxBytes; i++) {
            bytes += length;
            give(new byte[length]);
        }
    }

    /** Takes an array back that {@link #take} gave. */
    public void give(byte[] buffer) {
        int sizeClass = sizeClass(buffer.length);
        if (counts[sizeClass] == free[sizeClass].length) {
            free[sizeClass] = Arrays.copyOf(free[sizeClass], counts[sizeClass] * 2);
        }
        free[sizeClass][counts[sizeClass]++] = buffer;
    }

    /** Bytes of all arrays, free ones included. */
    public long bytes() {
        return bytes;
    }

    /** Lets free arrays of other classes go until {@code length} more bytes are allowed. */
    private boolean dropFree(int length) {
        for (int sizeClass = CLASSES - 1; sizeClass >= 0; sizeClass--) {
            while (counts[sizeClass] > 0 && bytes + length > maxBytes) {
                counts[sizeClass]--;
                free[sizeClass][counts[sizeClass]] = new byte[0];
                bytes -= 1L << SMALLEST_SHIFT + sizeClass;
            }
        }
        return bytes + length <= maxBytes;
    }

    private static int sizeClass(int size) {
        if (size > MAX_BYTES) {
            throw new IllegalArgumentException("no buffer of " + size + " bytes");
        }
        return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1) - SMALLEST_SHIFT);
    }
}
