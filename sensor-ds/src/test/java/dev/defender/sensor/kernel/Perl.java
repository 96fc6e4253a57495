/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Perl, in every Debian: for system calls that no shell makes. */
final class Perl {
    private static final String PATH = "/usr/bin/perl";

    private Perl() {}

    /** The command line of a program text; skips the test where there is no perl. */
    static String[] program(String text, String... arguments) {
        assumeTrue(Files.isExecutable(Path.of(PATH)), "perl is not installed");
        String[] command = new String[arguments.length + 4];
        command[0] = PATH;
        command[1] = "-MSocket=:all";
        command[2] = "-e";
        command[3] = text;
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        return command;
    }
}
