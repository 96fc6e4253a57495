/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

/**
 * 64 bits of a byte range: multiply and fold, eight bytes at a time. Not for adversaries: it decides whether an object is
 * sent again, and whoever can collide it can only hide a change of an object that is theirs to change back.
 */
final class ContentHash {
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

    private ContentHash() {}

    /** Never 0, which stands for "not known". */
    static long of(byte[] bytes, int length) {
        long hash = PRIME ^ length;
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            hash = fold(hash ^ word(bytes, at));
        }
        long rest = 0;
        for (; at < length; at++) {
            rest = rest << 8 | bytes[at] & 0xFF;
        }
        hash = fold(fold(hash ^ rest));
        return hash == 0 ? PRIME : hash;
    }

    private static long fold(long value) {
        long product = value * PRIME;
        return product ^ product >>> 29;
    }

    private static long word(byte[] b, int at) {
        return (b[at] & 0xFFL)
                | (b[at + 1] & 0xFFL) << 8
                | (b[at + 2] & 0xFFL) << 16
                | (b[at + 3] & 0xFFL) << 24
                | (b[at + 4] & 0xFFL) << 32
                | (b[at + 5] & 0xFFL) << 40
                | (b[at + 6] & 0xFFL) << 48
                | (b[at + 7] & 0xFFL) << 56;
    }
}
