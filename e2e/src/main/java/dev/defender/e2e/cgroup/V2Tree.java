/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** cgroup v2: one hierarchy, controllers handed down by {@code cgroup.subtree_control}. */
final class V2Tree implements CgroupTree {
    private final Path root;

    private V2Tree(Path root) {
        this.root = root;
    }

    static V2Tree open(Path root) throws CgroupsUnavailable {
        try {
            List<String> controllers = words(root.resolve("cgroup.controllers"));
            if (!controllers.containsAll(List.of("memory", "cpu"))) {
                throw new CgroupsUnavailable("the memory and cpu controllers are not available in " + root);
            }
            if (!words(root.resolve("cgroup.subtree_control")).containsAll(List.of("memory", "cpu"))) {
                Files.writeString(root.resolve("cgroup.subtree_control"), "+memory +cpu");
            }
        } catch (IOException e) {
            throw new CgroupsUnavailable("this user may not hand down controllers in " + root);
        }
        return new V2Tree(root);
    }

    private static List<String> words(Path file) throws IOException {
        return Arrays.asList(Files.readString(file).strip().split("\\s+", -1));
    }

    @Override
    public String version() {
        return "v2";
    }

    @Override
    public Cgroup create(String name, Limits limits) throws IOException {
        Path group = Files.createDirectories(root.resolve(name));
        if (limits.memoryBytes() > 0) {
            Files.writeString(group.resolve("memory.max"), Long.toString(limits.memoryBytes()));
        }
        if (limits.cpuMillis() > 0) {
            Files.writeString(group.resolve("cpu.max"), limits.quotaMicros() + " " + Limits.PERIOD_MICROS);
        }
        return new Group(group, limits);
    }

    private record Group(Path group, Limits limits) implements Cgroup {
        @Override
        public List<Path> procsFiles() {
            return List.of(group.resolve("cgroup.procs"));
        }

        @Override
        public Usage usage() throws IOException {
            StatFile memory = StatFile.read(group.resolve("memory.stat"));
            StatFile cpu = StatFile.read(group.resolve("cpu.stat"));
            return new Usage(
                    memory.get("anon") + memory.get("shmem") + memory.get("kernel") + memory.get("sock"),
                    cpu.get("usage_usec") * 1000,
                    cpu.get("throttled_usec") * 1000,
                    cpu.get("nr_throttled"),
                    StatFile.read(group.resolve("memory.events")).get("oom_kill"),
                    memory.get("workingset_refault_file"));
        }

        @Override
        public void close() throws IOException {
            Teardown.remove(List.of(group));
        }
    }
}
