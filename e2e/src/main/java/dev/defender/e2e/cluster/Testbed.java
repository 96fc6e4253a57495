/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A node on this machine, without Docker. Needs root; {@code docs/testbed.md} tells what else. */
public final class Testbed implements Cluster {
    private final Started started;
    private final Map<String, String> status;
    private final ClientTools tools;

    private Testbed(Started started, Map<String, String> status) {
        this.started = started;
        this.status = status;
        this.tools = ClientTools.built(
                Path.of(status.getOrDefault("binaries", "")), started.kubeconfig(), started.clients());
    }

    /** Starts one; options are those of {@code testbed up}: {@code --pidns}, {@code --audit}, … */
    public static Testbed up(String... options) throws IOException, InterruptedException {
        Started started = Started.up(options);
        try {
            Map<String, String> status = started.command("status")
                    .run()
                    .orThrow()
                    .lines()
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
            return new Testbed(started, status);
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.close();
            throw e;
        }
    }

    @Override
    public String description() {
        return "testbed in " + started.state();
    }

    /** What it said while it started: which part was ready after how many seconds. */
    public String progress() throws IOException {
        return started.progress();
    }

    /** What {@code testbed status} says: {@code keeper}, {@code process} (ids), {@code cgroup}, {@code link}, … */
    public Map<String, String> status() {
        return status;
    }

    /** The process on which its life hangs. */
    public ProcessHandle starter() {
        return started.process();
    }

    /** Kills the API server as a fault would, has it started again, and returns when it serves. */
    public void restartApiServer() throws IOException, InterruptedException {
        started.command("restart-apiserver").run().orThrow();
    }

    @Override
    public Path kubeconfig() {
        return started.kubeconfig();
    }

    @Override
    public ClientTools tools() {
        return tools;
    }

    @Override
    public Optional<String> machine() {
        return Optional.ofNullable(status.get("machine"));
    }

    @Override
    public void load(List<Path> archives) throws IOException, InterruptedException {
        started.command("load", archives.stream().map(Path::toString).toArray(String[]::new))
                .run()
                .orThrow();
    }

    @Override
    public Answer nodeExec(String... command) throws IOException, InterruptedException {
        return started.command("node-exec", "--").with(command).run();
    }

    @Override
    public Optional<Path> auditLog() {
        return logs().map(folder -> folder.resolve("audit.log")).filter(Files::exists);
    }

    @Override
    public Optional<Path> logs() {
        return Optional.of(started.state().resolve("log"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        started.close();
    }
}
