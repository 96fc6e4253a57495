/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one testbed has on the machine, noted while it runs and looked for when it is gone: processes, control groups, mounts,
 * its link, its folder; and what no testbed may touch at all. Other testbeds may come and go meanwhile.
 */
final class Traces {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    /** Where the node has folders of its own in place of the machine's. */
    private static final List<Path> SHADOWED = List.of(
            Path.of("/run/containerd"),
            Path.of("/run/defender"),
            Path.of("/run/testbed"),
            Path.of("/var/lib/containerd"),
            Path.of("/var/lib/kubelet"),
            Path.of("/var/lib/defender"),
            Path.of("/var/lib/testbed"),
            Path.of("/var/lib/cni"),
            Path.of("/var/log/pods"),
            Path.of("/var/log/containers"),
            Path.of("/etc/cni"),
            Path.of("/etc/testbed"));

    private final Path state;
    private final String group;
    private final String link;
    private final Set<ProcessHandle> processes;

    private Traces(Path state, String group, String link, Set<ProcessHandle> processes) {
        this.state = state;
        this.group = group;
        this.link = link;
        this.processes = processes;
    }

    static Traces of(Testbed testbed) throws IOException {
        Map<String, String> status = testbed.status();
        Path state = Path.of(status.getOrDefault("state", ""));
        String group = status.getOrDefault("cgroup", "");
        Set<ProcessHandle> processes = new LinkedHashSet<>(processesNaming(state));
        for (Path root : groups(group)) {
            processes.addAll(processesIn(root));
        }
        return new Traces(state, group, status.getOrDefault("link", ""), processes);
    }

    Set<ProcessHandle> processes() {
        return processes;
    }

    /** What is left of it, each thing in a few words. */
    List<String> left() throws IOException {
        List<String> left = new ArrayList<>();
        // A handle knows the start time: another process with the same number is not it.
        processes.stream().filter(ProcessHandle::isAlive).forEach(process -> left.add("process " + process.info()));
        processesNaming(state).forEach(process -> left.add("process " + process.info()));
        groups(group).forEach(root -> left.add("control group " + root));
        if (ownerOfLink().equals(group)) {
            left.add("link " + link);
        }
        Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(state.toString()))
                .forEach(line -> left.add("mount " + line));
        if (Files.exists(state)) {
            left.add("folder " + state);
        }
        return left;
    }

    /** Another testbed may have the same name for its link since; the alias is its owner's. Empty where there is none. */
    private String ownerOfLink() {
        try {
            return Files.readString(Path.of("/sys/class/net", link, "ifalias")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    static List<ProcessHandle> processesNaming(Path state) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(state.toString()))
                .toList();
    }

    /** Rules, settings and folders of the machine that a testbed may read at most. */
    static List<String> machine() throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        found.add("nft: " + Command.of(List.of("nft", "list", "ruleset")).run().orThrow());
        for (String setting : List.of(
                "vm/overcommit_memory",
                "vm/panic_on_oom",
                "kernel/panic",
                "kernel/panic_on_oops",
                "kernel/hostname",
                "kernel/keys/root_maxkeys",
                "net/ipv4/ip_forward")) {
            found.add(setting + ": "
                    + Files.readString(Path.of("/proc/sys", setting)).strip());
        }
        for (Path folder : SHADOWED) {
            found.add(folder + ": " + Files.exists(folder));
        }
        return found;
    }

    private static List<Path> groups(String name) throws IOException {
        try (Stream<Path> hierarchies = Files.list(CGROUPS)) {
            return Stream.concat(Stream.of(CGROUPS), hierarchies)
                    .map(hierarchy -> hierarchy.resolve(name))
                    .filter(Files::isDirectory)
                    .toList();
        }
    }

    private static Set<ProcessHandle> processesIn(Path root) throws IOException {
        Set<ProcessHandle> found = new LinkedHashSet<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path group, BasicFileAttributes attributes) throws IOException {
                for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
                    ProcessHandle.of(Long.parseLong(pid)).ifPresent(found::add);
                }
                return FileVisitResult.CONTINUE;
            }

            /** Groups come and go. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
