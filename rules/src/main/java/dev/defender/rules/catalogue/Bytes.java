/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import dev.defender.rules.field.Slice;
import java.nio.charset.StandardCharsets;

/** Byte texts of derived fields, written without allocation. */
final class Bytes {
    private Bytes() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Shows a constant. */
    static boolean show(byte[] constant, Slice into) {
        into.wrap(constant, 0, constant.length);
        return true;
    }

    /** Writes {@code source} at {@code index}; returns the index behind it. */
    static int put(byte[] target, int index, byte[] source) {
        System.arraycopy(source, 0, target, index, source.length);
        return index + source.length;
    }

    /** Writes a number ≥ 0 in decimal; returns the index behind it. */
    static int putDecimal(byte[] target, int index, long number) {
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = index + digits - 1; i >= index; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return index + digits;
    }

    /** Writes a number ≥ 0 in lower-case hexadecimal without leading zeros; returns the index behind it. */
    static int putHex(byte[] target, int index, int number) {
        int shift = 28;
        while (shift > 0 && (number >>> shift) == 0) {
            shift -= 4;
        }
        int at = index;
        for (; shift >= 0; shift -= 4) {
            target[at++] = (byte) Character.forDigit((number >>> shift) & 15, 16);
        }
        return at;
    }

    /** Index behind the last slash of the text, 0 if there is none. */
    static int behindLastSlash(Slice text) {
        for (int i = text.length() - 1; i >= 0; i--) {
            if (text.at(i) == '/') {
                return i + 1;
            }
        }
        return 0;
    }
}
