/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

/** A UUID as two numbers: what the API server names objects by. */
final class Uid {
    private static final int TEXT_LENGTH = 36;
    private static final int HEX = 16;

    private Uid() {}

    static boolean isUuid(String text) {
        if (text.length() != TEXT_LENGTH) {
            return false;
        }
        for (int i = 0; i < TEXT_LENGTH; i++) {
            char c = text.charAt(i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            boolean good = dash ? c == '-' : c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
            if (!good) {
                return false;
            }
        }
        return true;
    }

    static long high(String uuid) {
        return number(uuid, 0, 18);
    }

    static long low(String uuid) {
        return number(uuid, 19, TEXT_LENGTH);
    }

    static String text(long high, long low) {
        return new java.util.UUID(high, low).toString();
    }

    private static long number(String uuid, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            char c = uuid.charAt(i);
            if (c != '-') {
                value = value << 4 | Character.digit(c, HEX);
            }
        }
        return value;
    }
}
