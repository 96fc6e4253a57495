/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A program that has ended.
 *
 * @param output what it printed, on both outputs
 */
record Run(int status, String output) {
    static Run of(List<String> command, String input) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What it printed when it ended well. */
    String good() {
        if (status != 0) {
            throw new AssertionError("ended with status " + status + ": " + output);
        }
        return output;
    }
}
