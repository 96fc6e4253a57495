/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A testbed that lives as long as this object, and no longer than this JVM: it ends with its standard input. Thread-safe is
 * only {@link #close}.
 */
final class Started implements AutoCloseable {
    private static final String KUBECONFIG = "kubeconfig: ";
    private static final Duration STOP = Duration.ofSeconds(60);

    private final Process process;
    private final Path kubeconfig;
    private final Path said;

    private Started(Process process, Path kubeconfig, Path said) {
        this.process = process;
        this.kubeconfig = kubeconfig;
        this.said = said;
    }

    /** Returns when it is ready, which may be minutes when its programs have to be built first. */
    static Started up(String... options) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(Launcher.path().toString(), "up", "--foreground"));
        line.addAll(List.of(options));
        Path said = Files.createTempFile("defender-testbed-said-", ".log");
        Process process = new ProcessBuilder(line).redirectError(said.toFile()).start();
        try {
            @Nullable Path kubeconfig = awaitReady(process.inputReader());
            if (kubeconfig == null) {
                process.waitFor();
                throw new IOException(Files.readString(said).strip());
            }
            return new Started(process, kubeconfig, said);
        } catch (IOException | InterruptedException | RuntimeException e) {
            // Its keeper sees that and cleans up.
            process.destroyForcibly();
            Files.deleteIfExists(said);
            throw e;
        }
    }

    private static @Nullable Path awaitReady(BufferedReader lines) throws IOException {
        @Nullable Path kubeconfig = null;
        for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(KUBECONFIG)) {
                kubeconfig = Path.of(line.substring(KUBECONFIG.length()));
            } else if (line.equals("ready")) {
                return kubeconfig;
            }
        }
        return null;
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    /** The folder of everything that the testbed writes. */
    Path state() {
        return Objects.requireNonNull(kubeconfig.getParent());
    }

    /** Where clients keep what they know of it. */
    Path clients() {
        return state().resolve("clients");
    }

    /** What it said while it started, with times. */
    String progress() throws IOException {
        return Files.readString(said);
    }

    /** The process that was started; killing it ends the testbed too. */
    ProcessHandle process() {
        return process.toHandle();
    }

    /** A command of the launcher on this testbed. */
    Command command(String name, String... arguments) throws IOException {
        return Launcher.command().with(name, "--state", state().toString()).with(arguments);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.outputWriter().close();
        boolean ended = process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS);
        process.destroyForcibly();
        String words = Files.exists(said) ? Files.readString(said).strip() : "";
        Files.deleteIfExists(said);
        if (!ended) {
            throw new IOException("the testbed did not end within " + STOP.toSeconds()
                    + " s and was killed; `testbed down --stale` removes what is left:\n" + words);
        }
        if (process.exitValue() != 0) {
            throw new IOException("the testbed ended with status " + process.exitValue() + ":\n" + words);
        }
    }
}
