/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import dev.defender.e2e.cgroup.Cgroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One shell that runs all actions, in a group of its own, so that a recording can be limited to it. Its own arguments
 * hold no tag, so an alert about a tag is about the action and not about whoever started it.
 */
final class ActionShell implements AutoCloseable {
    /** First part of the name of the actions' group. */
    static final String GROUP_PREFIX = "defender-demo-actions-";

    private final Process shell;
    private final Writer in;
    private final BufferedReader out;

    ActionShell(@Nullable Cgroup cgroup, Path log) throws IOException {
        shell = new ProcessBuilder("setpriv", "--pdeathsig", "KILL", "--", "sh")
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        in = shell.outputWriter();
        out = shell.inputReader();
        if (cgroup != null) {
            for (Path procs : cgroup.procsFiles()) {
                in.write("echo $$ > " + quote(procs.toString()) + "\n");
            }
            // The shell is in its group when this constructor returns.
            in.write("echo joined\n");
            in.flush();
            out.readLine();
        }
    }

    /** Runs a command to its end and returns its exit status. */
    int run(List<String> command) throws IOException {
        for (String word : command) {
            in.write(quote(word) + " ");
        }
        in.write("< /dev/null >&2; echo $?\n");
        in.flush();
        String status = out.readLine();
        if (status == null) {
            throw new IOException("the shell that runs the actions ended");
        }
        return Integer.parseInt(status);
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public void close() throws IOException, InterruptedException {
        in.close();
        shell.waitFor(5, TimeUnit.SECONDS);
        shell.destroyForcibly();
    }
}
