/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A capability set as the kernel prints it in {@code /proc/self/status}: bit n stands for capability number n.
 *
 * @param bits the set
 */
public record Capabilities(long bits) {
    /** CAP_NET_ADMIN: needed to attach to cgroup and network hooks. */
    public static final int NET_ADMIN = 12;
    /** CAP_SYS_ADMIN: includes CAP_BPF and CAP_PERFMON, and was the only one before kernel 5.8. */
    public static final int SYS_ADMIN = 21;
    /** CAP_SYS_RESOURCE: before kernel 5.11 needed to lock memory for maps. */
    public static final int SYS_RESOURCE = 24;
    /** CAP_PERFMON: needed with CAP_BPF for every tracing program. */
    public static final int PERFMON = 38;
    /** CAP_BPF: needed to load programs and create maps. */
    public static final int BPF = 39;

    /** Whether the set holds that capability number. */
    public boolean has(int capability) {
        return (bits >>> capability & 1) != 0;
    }

    /** Whether tracing programs may be loaded with this set. */
    public boolean canTrace() {
        return has(SYS_ADMIN) || (has(BPF) && has(PERFMON));
    }

    /** Names of what is missing for tracing, empty when {@link #canTrace()}. */
    public List<String> missingForTracing() {
        List<String> missing = new ArrayList<>();
        if (!has(SYS_ADMIN)) {
            if (!has(BPF)) {
                missing.add("CAP_BPF");
            }
            if (!has(PERFMON)) {
                missing.add("CAP_PERFMON");
            }
        }
        return missing;
    }

    /** The effective set of this thread's process; empty when {@code /proc} cannot be read. */
    public static Capabilities effective() {
        return ofSelf("CapEff:");
    }

    /** The bounding set of this process; empty when {@code /proc} cannot be read. */
    public static Capabilities bounding() {
        return ofSelf("CapBnd:");
    }

    private static Capabilities ofSelf(String key) {
        try {
            return parse(Files.readString(Path.of("/proc/self/status")), key);
        } catch (IOException unreadable) {
            return new Capabilities(0);
        }
    }

    /** The set that the line starting with {@code key} of a status file names, empty when there is no such line. */
    public static Capabilities parse(String status, String key) {
        return status.lines()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .map(line -> new Capabilities(
                        Long.parseUnsignedLong(line.substring(key.length()).strip(), 16)))
                .orElse(new Capabilities(0));
    }
}
