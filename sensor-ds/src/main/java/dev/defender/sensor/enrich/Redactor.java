/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

import java.util.Arrays;

/** Copies arguments as one line, with {@code ***} for each secret and a blank between two arguments. One thread. */
public final class Redactor {
    private final SecretScanner scanner = new SecretScanner();
    private int masked;
    private long total;

    /** Secrets masked by the last {@link #copy}. */
    public int masked() {
        return masked;
    }

    /** Secrets masked since the start. */
    public long total() {
        return total;
    }

    /**
     * @param text argv[0] from {@code program} to {@code begin}, the other arguments with NULs between them to {@code end}
     * @param to must have room for {@code end − begin} bytes and two for each secret
     * @return bytes written from {@code at} on; argv[0] is not among them
     */
    public int copy(byte[] text, int program, int begin, int end, byte[] to, int at) {
        Ranges secrets = scanner.scan(text, program, begin, end);
        masked = secrets.count();
        total += masked;
        int in = begin;
        int out = at;
        for (int i = 0; i < masked; i++) {
            out = plain(text, in, secrets.from(i), to, out);
            to[out++] = '*';
            to[out++] = '*';
            to[out++] = '*';
            in = secrets.to(i);
        }
        return plain(text, in, end, to, out) - at;
    }

    /**
     * Overwrites each secret in place, at its length.
     *
     * @param program argv[0] from here to {@code begin}, with or without a NUL behind it
     * @return secrets overwritten
     */
    public int maskInPlace(byte[] text, int program, int begin, int end) {
        boolean nul = begin > program && text[begin - 1] == 0;
        Ranges secrets = scanner.scan(text, program, nul ? begin - 1 : begin, end);
        for (int i = 0; i < secrets.count(); i++) {
            Arrays.fill(text, secrets.from(i), secrets.to(i), (byte) 'x');
        }
        return secrets.count();
    }

    private static int plain(byte[] text, int from, int end, byte[] to, int at) {
        int out = at;
        for (int i = from; i < end; i++) {
            byte b = text[i];
            to[out++] = b == 0 ? (byte) ' ' : b;
        }
        return out;
    }
}
