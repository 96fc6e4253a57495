/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

import bpf4j.Capabilities;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers {@link ProbeFacts} about this host by reading {@code /proc} and {@code /sys} and by loading and attaching programs that
 * do nothing. Never throws: what cannot be found out is a fact too. Costs about 50 ms of CPU, most of it for the kernel's BTF.
 */
public final class FeatureProbe {
    private static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");
    private static final String WHOLE_NAMESPACE = "0 0 4294967295";

    private FeatureProbe() {}

    /** Probes every kind of hook. */
    public static ProbeFacts probe() {
        return probe(List.of(Hook.values()));
    }

    /** Probes those kinds of hooks only. */
    public static ProbeFacts probe(List<Hook> hooks) {
        String status = read("/proc/self/status");
        boolean hasBtf = Files.isReadable(BTF);
        return new ProbeFacts(
                read("/proc/sys/kernel/osrelease").strip(),
                libbpfVersion(),
                hasBtf,
                ProbeLibc.geteuid(),
                read("/proc/self/uid_map").strip().replaceAll("\\s+", " ").equals(WHOLE_NAMESPACE),
                Capabilities.parse(status, "CapEff:"),
                Capabilities.parse(status, "CapBnd:"),
                number(read("/proc/sys/kernel/unprivileged_bpf_disabled")),
                selected(read("/sys/kernel/security/lockdown")),
                status.lines().anyMatch(line -> line.startsWith("Seccomp:") && !line.endsWith("0")),
                ProbeLibbpf.isLoaded() ? hookFacts(hooks, hasBtf) : List.of());
    }

    private static List<HookFact> hookFacts(List<Hook> hooks, boolean hasBtf) {
        @Nullable Pointer btf = hasBtf ? ProbeLibbpf.btf__load_vmlinux_btf() : null;
        try {
            HookTrial trial =
                    new HookTrial(btf, read("/sys/kernel/security/lsm").strip());
            List<HookFact> facts = new ArrayList<>();
            for (Hook hook : hooks) {
                facts.add(trial.attempt(hook));
            }
            return facts;
        } finally {
            if (btf != null) {
                ProbeLibbpf.btf__free(btf);
            }
        }
    }

    private static String libbpfVersion() {
        return ProbeLibbpf.isLoaded()
                ? ProbeLibbpf.libbpf_major_version() + "." + ProbeLibbpf.libbpf_minor_version()
                : "";
    }

    /** The word in brackets of {@code none [integrity] confidentiality}. */
    private static String selected(String choices) {
        int from = choices.indexOf('[');
        int to = choices.indexOf(']');
        return from >= 0 && to > from ? choices.substring(from + 1, to) : "";
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException absent) {
            return -1;
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException unreadable) {
            return "";
        }
    }
}
