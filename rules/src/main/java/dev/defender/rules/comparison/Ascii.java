/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

/** Case of ASCII letters; other bytes stay as they are. */
final class Ascii {
    private Ascii() {}

    static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    static byte[] lower(byte[] bytes) {
        byte[] result = bytes.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = lower(result[i]);
        }
        return result;
    }
}
