/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import dev.defender.sensor.ring.CgroupTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A cgroup of the test's own, in which it runs commands; removed at the end. */
final class TestCgroup implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path directory;

    private TestCgroup(Path directory) {
        this.directory = directory;
    }

    /** In the v2 hierarchy; empty where none can be written. */
    static Optional<TestCgroup> v2() throws IOException {
        return make(mount("cgroup2", ""));
    }

    /** In the v1 hierarchy of that controller; empty where none can be written. */
    static Optional<TestCgroup> v1(String controller) throws IOException {
        return make(mount("cgroup", controller));
    }

    /** In the v2 hierarchy, with a name of the caller's. */
    static Optional<TestCgroup> v2(String name) throws IOException {
        return make(mount("cgroup2", ""), name);
    }

    private static Optional<TestCgroup> make(Optional<Path> root) {
        return make(root, "defender-test-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet());
    }

    private static Optional<TestCgroup> make(Optional<Path> root, String name) {
        return root.flatMap(path -> {
            Path directory = path.resolve(name);
            try {
                Files.createDirectory(directory);
                return Optional.of(new TestCgroup(directory));
            } catch (IOException refused) {
                return Optional.empty();
            }
        });
    }

    private static Optional<Path> mount(String type, String option) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            String[] columns = line.split(" ", -1);
            if (columns[2].equals(type)
                    && ("," + columns[3] + ",").contains(option.isEmpty() ? "," : "," + option + ",")) {
                return Optional.of(Path.of(columns[1]));
            }
        }
        return Optional.empty();
    }

    long key() throws IOException {
        return CgroupTree.key(directory);
    }

    String name() {
        return directory.getFileName().toString();
    }

    /** Runs a command within the group, to its end; returns its process id. */
    long run(String... command) throws IOException, InterruptedException {
        Process process = start(command);
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
        process.waitFor();
        if (!said.isEmpty()) {
            throw new IllegalStateException(List.of(command) + " said: " + said);
        }
        return process.pid();
    }

    Process start(String... command) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "echo $$ > \"$0\" && exec \"$@\"",
                directory.resolve("cgroup.procs").toString()));
        all.addAll(List.of(command));
        return new ProcessBuilder(all).redirectErrorStream(true).start();
    }

    @Override
    public void close() throws IOException {
        Files.delete(directory);
    }
}
