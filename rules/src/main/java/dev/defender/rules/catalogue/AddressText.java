/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import dev.defender.rules.field.Slice;

/** Writes IP addresses as RFC 5952 wants them. An address is held in two longs; version 4 uses the low 32 bits of the second. */
public final class AddressText {
    /** Longest result in bytes: a mapped address of version 4 is shorter than a full one of version 6. */
    public static final int MAX_LENGTH = 39;

    private static final byte[] MAPPED = Bytes.ascii("::ffff:");

    private AddressText() {}

    /** The first eight bytes of an address of 16; 0 for one of 4. */
    static long high(Slice address) {
        return address.length() == 4 ? 0 : read(address, 0, 8);
    }

    /** The last eight bytes of an address of 16, or all of one of 4. */
    static long low(Slice address) {
        return address.length() == 4 ? read(address, 0, 4) : read(address, 8, 8);
    }

    private static long read(Slice address, int from, int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << 8 | address.at(i) & 0xff;
        }
        return value;
    }

    /** The address as text. Allocates: for output only. */
    public static String of(Slice address) {
        byte[] target = new byte[MAX_LENGTH];
        int end = put(target, 0, address.length() == 4, high(address), low(address));
        return new Slice().wrap(target, 0, end).toString();
    }

    /** Writes an address at {@code index}; returns the index behind it. */
    static int put(byte[] target, int index, boolean v4, long high, long low) {
        if (v4) {
            return putV4(target, index, low);
        }
        if (high == 0 && low >>> 32 == 0xffff) {
            return putV4(target, Bytes.put(target, index, MAPPED), low);
        }
        return putV6(target, index, high, low);
    }

    private static int putV4(byte[] target, int index, long address) {
        int at = index;
        for (int shift = 24; shift >= 0; shift -= 8) {
            at = Bytes.putDecimal(target, at, address >>> shift & 0xff);
            if (shift > 0) {
                target[at++] = '.';
            }
        }
        return at;
    }

    private static int putV6(byte[] target, int index, long high, long low) {
        int gapStart = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int zeros = 0;
            while (i + zeros < 8 && group(high, low, i + zeros) == 0) {
                zeros++;
            }
            if (zeros > gapLength) {
                gapStart = i;
                gapLength = zeros;
            }
        }
        int at = index;
        for (int i = 0; i < 8; i++) {
            if (i == gapStart) {
                target[at++] = ':';
                target[at++] = ':';
                i += gapLength - 1;
                continue;
            }
            boolean behindGap = gapStart >= 0 && i == gapStart + gapLength;
            if (i > 0 && !behindGap) {
                target[at++] = ':';
            }
            at = Bytes.putHex(target, at, group(high, low, i));
        }
        return at;
    }

    private static int group(long high, long low, int i) {
        long half = i < 4 ? high : low;
        return (int) (half >>> 48 - 16 * (i & 3)) & 0xffff;
    }
}
