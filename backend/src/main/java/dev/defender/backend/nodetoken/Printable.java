/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.nodetoken;

/** Text of others inside our messages: short, on one line, in quotes. */
final class Printable {
    private static final int MAX = 80;

    private Printable() {}

    static String of(Object text) {
        String clean = String.valueOf(text).replaceAll("[^\\p{Print}]", "?");
        return '"' + (clean.length() > MAX ? clean.substring(0, MAX) + "…" : clean) + '"';
    }
}
