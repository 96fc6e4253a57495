/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

/**
 * Copies bytes as valid UTF-8: each maximal part that is none becomes U+FFFD, as Unicode recommends. Stateless but for what
 * the last copy did; one thread.
 */
public final class Utf8Repair {
    /** One bad byte becomes three. */
    public static final int MAX_GROWTH = 3;

    private boolean repaired;

    /** Whether the last {@link #copy} had to change something. */
    public boolean repaired() {
        return repaired;
    }

    /**
     * @param most bytes to write; the text is cut before the character that does not fit
     * @return bytes written from {@code at} on
     */
    public int copy(byte[] from, int offset, int length, byte[] to, int at, int most) {
        repaired = false;
        int end = offset + length;
        int in = offset;
        int out = at;
        int limit = at + most;
        while (in < end) {
            byte lead = from[in];
            if (lead >= 0) {
                if (out == limit) {
                    repaired = true;
                    break;
                }
                to[out++] = lead;
                in++;
                continue;
            }
            int good = sequence(from, in, end);
            int bytes = good > 0 ? good : 3;
            if (limit - out < bytes) {
                repaired = true;
                break;
            }
            if (good > 0) {
                for (int i = 0; i < good; i++) {
                    to[out++] = from[in++];
                }
            } else {
                repaired = true;
                to[out++] = (byte) 0xEF;
                to[out++] = (byte) 0xBF;
                to[out++] = (byte) 0xBD;
                in += -good;
            }
        }
        return out - at;
    }

    /** Length of the valid sequence at {@code at}, or minus the number of bytes that one U+FFFD stands for. */
    private static int sequence(byte[] from, int at, int end) {
        int lead = from[at] & 0xFF;
        if (lead < 0xC2 || lead > 0xF4) {
            return -1;
        }
        int need = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        for (int i = 1; i <= need; i++) {
            int next = at + i < end ? from[at + i] & 0xFF : -1;
            if (next < low || next > high) {
                return -i;
            }
            low = 0x80;
            high = 0xBF;
        }
        return need + 1;
    }
}
