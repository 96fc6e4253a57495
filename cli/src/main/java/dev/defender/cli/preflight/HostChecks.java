/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the sensor needs of the host that this runs on. */
final class HostChecks {
    /** Directories below the host's /run that tell a runtime; MicroK8s keeps its own elsewhere. */
    private static final Map<String, String> RUNTIMES = new LinkedHashMap<>();

    static {
        RUNTIMES.put("containerd/io.containerd.runtime.v2.task", "containerd");
        RUNTIMES.put("k3s/containerd/io.containerd.runtime.v2.task", "containerd of k3s or RKE2");
        RUNTIMES.put("containers/storage/overlay-containers", "CRI-O");
        RUNTIMES.put("crio", "CRI-O");
    }

    private final Path root;
    private final Path hostRun;
    private final String architecture;

    /**
     * @param root of the file system in which /proc and /sys are
     * @param hostRun where the host's /run is
     * @param architecture of this JVM, as {@code os.arch}
     */
    HostChecks(Path root, Path hostRun, String architecture) {
        this.root = root;
        this.hostRun = hostRun;
        this.architecture = architecture;
    }

    List<Check> run() {
        return List.of(kernel(), architecture(), btf(), cgroups(), runtime(), lsms(), lockdown(), tracefs());
    }

    private Check kernel() {
        String release = read("proc/sys/kernel/osrelease");
        return release.isEmpty()
                ? Check.fail("kernel", "cannot be told: /proc/sys/kernel/osrelease", "run this on a Linux node")
                : Kernels.goodEnough(release)
                        ? Check.ok("kernel", release)
                        : Check.fail("kernel", release, "use a node image with Linux " + Kernels.OLDEST + " or later");
    }

    private Check architecture() {
        return switch (architecture) {
            case "amd64" -> Check.ok("architecture", "amd64");
            case "aarch64" ->
                Check.warn("architecture", "arm64", "not measured yet: the components keep off such nodes");
            default -> Check.fail("architecture", architecture, "use amd64 nodes");
        };
    }

    private Check btf() {
        Path btf = root.resolve("sys/kernel/btf/vmlinux");
        return Files.isReadable(btf)
                ? Check.ok("BTF", "/sys/kernel/btf/vmlinux")
                : Check.fail(
                        "BTF", "no /sys/kernel/btf/vmlinux", "use a kernel that is built with CONFIG_DEBUG_INFO_BTF=y");
    }

    private Check cgroups() {
        if (Files.exists(root.resolve("sys/fs/cgroup/cgroup.controllers"))) {
            return Check.ok("cgroups", "version 2");
        }
        return Files.isDirectory(root.resolve("sys/fs/cgroup/memory"))
                        || Files.isDirectory(root.resolve("sys/fs/cgroup/systemd"))
                ? Check.ok("cgroups", "version 1")
                : Check.fail("cgroups", "none below /sys/fs/cgroup", "mount the cgroup file system");
    }

    private Check runtime() {
        List<String> found = new ArrayList<>();
        RUNTIMES.forEach((directory, name) -> {
            if (Files.isDirectory(hostRun.resolve(directory)) && !found.contains(name)) {
                found.add(name);
            }
        });
        if (Files.isDirectory(root.resolve("var/snap/microk8s/common/run/containerd"))) {
            found.add("containerd of MicroK8s");
        }
        return found.isEmpty()
                ? Check.warn(
                        "container runtime",
                        "none known below " + hostRun,
                        "give --host-run=DIR if the host's /run is elsewhere; otherwise events will lack their pod")
                : Check.ok("container runtime", String.join(", ", found));
    }

    private Check lsms() {
        String modules = read("sys/kernel/security/lsm");
        if (modules.isEmpty()) {
            return Check.skip("LSMs", "/sys/kernel/security/lsm cannot be read", "mount securityfs to see them");
        }
        return Check.ok("LSMs", modules + (List.of(modules.split(",", -1)).contains("bpf") ? "" : " (without bpf)"));
    }

    /** In its strictest mode the kernel lets no BPF program read its memory. */
    private Check lockdown() {
        String mode = read("sys/kernel/security/lockdown");
        if (mode.contains("[confidentiality]")) {
            return Check.fail("lockdown", "confidentiality", "boot with lockdown=integrity or without lockdown");
        }
        return mode.isEmpty() ? Check.ok("lockdown", "not in this kernel") : Check.ok("lockdown", mode);
    }

    private Check tracefs() {
        for (String directory : List.of("sys/kernel/tracing", "sys/kernel/debug/tracing")) {
            if (Files.isDirectory(root.resolve(directory).resolve("events"))) {
                return Check.ok("tracefs", "/" + directory);
            }
        }
        return Check.warn(
                "tracefs",
                "not mounted here",
                "mount -t tracefs tracefs /sys/kernel/tracing; only older hooks need it");
    }

    private String read(String file) {
        try {
            return Files.readString(root.resolve(file)).strip();
        } catch (IOException e) {
            // Absent or not for us: the caller says which file it was.
            return "";
        }
    }
}
