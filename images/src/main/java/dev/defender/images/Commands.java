/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Programs of this machine, run to their end. */
final class Commands {
    private Commands() {}

    /**
     * @return what it printed on both outputs
     * @throws BuildException with the command and its last words, when it is absent or fails
     */
    static String run(List<String> command) throws BuildException {
        Result result = attempt(command);
        if (result.status() != 0) {
            throw new BuildException("'" + String.join(" ", command) + "' ended with status " + result.status() + ": "
                    + result.output().strip());
        }
        return result.output();
    }

    /** @throws BuildException when the program is absent */
    static Result attempt(List<String> command) throws BuildException {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new BuildException(
                    "'" + command.getFirst() + "' cannot be run on this machine: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildException("interrupted while '" + command.getFirst() + "' ran", e);
        }
    }

    /** A program of the JDK that runs us. */
    static String jdk(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    record Result(int status, String output) {}
}
