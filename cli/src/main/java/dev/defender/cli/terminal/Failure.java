/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.terminal;

import java.io.IOException;

/** Ends a command. The message is one sentence for the user: what is wrong, where, what to do. It has no secret in it. */
public final class Failure extends Exception {
    public static final int FAILED = 1;
    public static final int USAGE = 2;

    private final int status;

    private Failure(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Exit status {@value #FAILED}. */
    public static Failure failed(String message) {
        return new Failure(FAILED, message);
    }

    /** Exit status {@value #USAGE}: what the user gave cannot be used. */
    public static Failure usage(String message) {
        return new Failure(USAGE, message);
    }

    /** A file that cannot be read or written. */
    public static Failure file(String what, IOException e) {
        String reason = e instanceof java.nio.file.NoSuchFileException
                ? "there is no such file"
                : e instanceof java.nio.file.AccessDeniedException
                        ? "permission denied"
                        : String.valueOf(e.getMessage());
        return usage(what + ": " + reason);
    }

    public int status() {
        return status;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
