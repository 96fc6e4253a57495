/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

import java.nio.charset.StandardCharsets;

/** Options of one letter that carry a password in some programs: {@code mysql -pX}, {@code curl -u name:X}. */
final class ShortOptions {
    /** How the password stands. */
    private enum Style {
        /** {@code -pX}; a lone {@code -p} asks. */
        ATTACHED,
        /** {@code -p X} or {@code -pX}. */
        EITHER,
        /** As EITHER, and only what follows a colon is secret. */
        AFTER_COLON
    }

    private record Program(byte[] name, char letter, Style style) {}

    private static final Program[] PROGRAMS = {
        program("mysql", 'p', Style.ATTACHED),
        program("mysqldump", 'p', Style.ATTACHED),
        program("mysqladmin", 'p', Style.ATTACHED),
        program("mysqlimport", 'p', Style.ATTACHED),
        program("mariadb", 'p', Style.ATTACHED),
        program("mariadb-dump", 'p', Style.ATTACHED),
        program("mariadb-admin", 'p', Style.ATTACHED),
        program("7z", 'p', Style.ATTACHED),
        program("sshpass", 'p', Style.EITHER),
        program("docker", 'p', Style.EITHER),
        program("ldapsearch", 'w', Style.EITHER),
        program("redis-cli", 'a', Style.EITHER),
        program("curl", 'u', Style.AFTER_COLON),
    };

    /** @param into gets the parts in ascending order */
    void scan(byte[] text, int program, int begin, int end, Ranges into) {
        int name = program;
        for (int i = program; i < begin; i++) {
            if (text[i] == '/') {
                name = i + 1;
            }
        }
        for (Program known : PROGRAMS) {
            if (known.name().length == begin - name && matches(text, name, known.name())) {
                if (known.style() != Style.EITHER || !isDocker(known) || firstIs(text, begin, end, "login")) {
                    arguments(known, text, begin, end, into);
                }
                return;
            }
        }
    }

    private static void arguments(Program program, byte[] text, int begin, int end, Ranges into) {
        int at = begin;
        while (at < end) {
            int stop = argumentEnd(text, at, end);
            boolean option = stop - at >= 2 && text[at] == '-' && text[at + 1] == program.letter();
            if (option && stop - at > 2) {
                secret(program, text, at + 2, stop, end, into);
            } else if (option && program.style() != Style.ATTACHED && stop < end) {
                at = stop + 1;
                stop = argumentEnd(text, at, end);
                secret(program, text, at, stop, end, into);
            }
            at = stop + 1;
        }
    }

    private static void secret(Program program, byte[] text, int from, int to, int end, Ranges into) {
        int start = from;
        if (program.style() == Style.AFTER_COLON) {
            while (start < to && text[start] != ':') {
                start++;
            }
            start++;
        }
        into.add(start, to, end);
    }

    private static int argumentEnd(byte[] text, int from, int end) {
        int at = from;
        while (at < end && text[at] != 0) {
            at++;
        }
        return at;
    }

    private static boolean isDocker(Program program) {
        return program.name().length == 6 && program.name()[0] == 'd';
    }

    private static boolean firstIs(byte[] text, int begin, int end, String word) {
        byte[] name = word.getBytes(StandardCharsets.US_ASCII);
        return end - begin >= name.length && matches(text, begin, name);
    }

    private static boolean matches(byte[] text, int at, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (text[at + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static Program program(String name, char letter, Style style) {
        return new Program(name.getBytes(StandardCharsets.US_ASCII), letter, style);
    }
}
