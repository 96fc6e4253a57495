/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the server's programs as its account, with an empty environment. */
final class ServerCommand {
    private static final List<Path> SETPRIV = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));

    private final Account account;
    private final Path binaries;

    ServerCommand(Account account, Path binaries) throws PostgresException {
        this.account = account;
        this.binaries = binaries;
        if (account.switchNeeded() && setpriv().isEmpty()) {
            throw new PostgresException("The backend runs as root and needs 'setpriv' (package util-linux) to start "
                    + "PostgreSQL as '" + account.name() + "'; install it or start the backend as another user.");
        }
    }

    Account account() {
        return account;
    }

    /**
     * A long-running program that is told to stop (SIGINT) when the thread that starts it dies, be it with the whole
     * process. So the thread has to live as long as the program should.
     */
    ProcessBuilder bound(String program, List<String> arguments) {
        return builder(program, arguments, true);
    }

    /** Runs a short program to its end; what it says becomes part of the exception when it fails. */
    void run(String program, List<String> arguments) throws PostgresException {
        try {
            Process process = builder(program, arguments, false)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            if (status != 0) {
                throw new PostgresException("'" + program + "' of the embedded PostgreSQL ended with status " + status
                        + ": " + said.replace('\n', ' '));
            }
        } catch (IOException e) {
            throw new PostgresException(
                    "'" + program + "' of the embedded PostgreSQL could not be run: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PostgresException("Interrupted while '" + program + "' of the embedded PostgreSQL ran.", e);
        }
    }

    private ProcessBuilder builder(String program, List<String> arguments, boolean bound) {
        List<String> command = new ArrayList<>();
        List<Path> setpriv = setpriv();
        if (!setpriv.isEmpty()) {
            command.add(setpriv.getFirst().toString());
            command.add("--no-new-privs");
            if (account.switchNeeded()) {
                command.addAll(List.of(
                        "--reuid=" + account.uid(), "--regid=" + account.gid(), "--clear-groups", "--inh-caps=-all"));
            }
            if (bound) {
                command.addAll(List.of("--pdeathsig", "INT"));
            }
            command.add("--");
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(new File("/"));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
        return builder;
    }

    private static List<Path> setpriv() {
        return SETPRIV.stream().filter(Files::isExecutable).limit(1).toList();
    }
}
