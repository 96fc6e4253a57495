/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** cgroup v1: one hierarchy per controller; cpu and cpuacct may be one or two. */
final class V1Tree implements CgroupTree {
    private final Path root;

    private V1Tree(Path root) {
        this.root = root;
    }

    static V1Tree open(Path root) throws CgroupsUnavailable {
        for (String controller : List.of("memory", "cpu", "cpuacct")) {
            if (!Files.isWritable(root.resolve(controller))) {
                throw new CgroupsUnavailable("this user may not make groups under " + root.resolve(controller));
            }
        }
        return new V1Tree(root);
    }

    @Override
    public String version() {
        return "v1";
    }

    @Override
    public Cgroup create(String name, Limits limits) throws IOException {
        Path memory = Files.createDirectories(root.resolve("memory").resolve(name));
        Path cpu = Files.createDirectories(root.resolve("cpu").resolve(name));
        Path cpuacct = Files.createDirectories(root.resolve("cpuacct").resolve(name));
        if (limits.memoryBytes() > 0) {
            Files.writeString(memory.resolve("memory.limit_in_bytes"), Long.toString(limits.memoryBytes()));
        }
        if (limits.cpuMillis() > 0) {
            Files.writeString(cpu.resolve("cpu.cfs_period_us"), Long.toString(Limits.PERIOD_MICROS));
            Files.writeString(cpu.resolve("cpu.cfs_quota_us"), Long.toString(limits.quotaMicros()));
        }
        return new Group(memory, cpu, cpuacct, limits);
    }

    private record Group(Path memory, Path cpu, Path cpuacct, Limits limits) implements Cgroup {
        @Override
        public List<Path> procsFiles() {
            return Stream.of(memory, cpu, cpuacct)
                    .map(group -> group.resolve("cgroup.procs"))
                    .toList();
        }

        @Override
        public Usage usage() throws IOException {
            StatFile memoryStat = StatFile.read(memory.resolve("memory.stat"));
            StatFile cpuStat = StatFile.read(cpu.resolve("cpu.stat"));
            long kernel = StatFile.number(memory.resolve("memory.kmem.usage_in_bytes"));
            return new Usage(
                    memoryStat.get("total_rss") + memoryStat.get("total_shmem") + kernel,
                    StatFile.number(cpuacct.resolve("cpuacct.usage")),
                    cpuStat.get("throttled_time"),
                    cpuStat.get("nr_throttled"),
                    StatFile.read(memory.resolve("memory.oom_control")).get("oom_kill"),
                    memoryStat.get("total_workingset_refault_file"));
        }

        @Override
        public void close() throws IOException {
            Teardown.remove(List.of(memory, cpu, cpuacct));
        }
    }
}
