/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One shell that runs all actions. Its own arguments hold no tag, so an alert about a tag is about the action and not
 * about whoever started it.
 */
public final class ActionShell implements AutoCloseable {
    private final Process shell;
    private final Writer in;
    private final BufferedReader out;

    /**
     * @param command that becomes a shell which reads its standard input
     * @param environment beside this process's own
     * @param log gets what the actions print
     */
    public ActionShell(List<String> command, Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        shell = builder.start();
        in = shell.outputWriter();
        out = shell.inputReader();
    }

    /** Runs a command to its end and returns its exit status. */
    public int run(List<String> command) throws IOException {
        return script(String.join(" ", command.stream().map(ActionShell::quote).toList()));
    }

    /** Has the shell itself run a line, and returns its exit status. */
    public int script(String line) throws IOException {
        in.write("{ " + line + "; } < /dev/null >&2; echo $?\n");
        in.flush();
        String status = out.readLine();
        if (status == null) {
            throw new IOException("the shell that runs the actions ended");
        }
        return Integer.parseInt(status);
    }

    /** A word as a shell takes it, whatever is in it. */
    public static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public void close() throws IOException, InterruptedException {
        in.close();
        shell.waitFor(5, TimeUnit.SECONDS);
        shell.destroyForcibly();
    }
}
