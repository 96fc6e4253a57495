/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

import bpf4j.Errno;
import java.util.List;

/**
 * Whether a host with such facts can be observed through typed tracepoints, the least that tracing needs.
 *
 * @param reason {@link Reason#NONE} when it can
 * @param missing what is missing, as a clause: "this process lacks CAP_BPF"; empty when it can
 * @param remedy what to do about it, as a clause; empty when it can
 */
public record Verdict(Reason reason, String missing, String remedy) {
    /** The oldest kernel with BTF-typed tracepoints, iterators, ring buffers, CAP_BPF and CAP_PERFMON. */
    public static final KernelRelease OLDEST = new KernelRelease(5, 8);

    private static final int ROOT = 0;

    /** Judges facts. Pure; what helps least to fix comes first, so that nobody fixes one thing only to meet a worse one. */
    public static Verdict of(ProbeFacts facts) {
        KernelRelease kernel = KernelRelease.parse(facts.kernel());
        if (kernel.compareTo(OLDEST) < 0) {
            return new Verdict(
                    Reason.KERNEL_TOO_OLD,
                    "kernel " + facts.kernel() + " is older than " + OLDEST,
                    "run on a node with kernel " + OLDEST + " or later");
        }
        if (!facts.btf()) {
            return new Verdict(
                    Reason.NO_BTF,
                    "this kernel carries no BTF (/sys/kernel/btf/vmlinux)",
                    "use a kernel built with CONFIG_DEBUG_INFO_BTF=y, as all current distributions ship");
        }
        if (!facts.effective().canTrace()) {
            return unprivileged(facts);
        }
        if (facts.libbpf().isEmpty()) {
            return new Verdict(
                    Reason.NO_LIBBPF,
                    "libbpf.so.1 cannot be loaded",
                    "install libbpf 1.1 or later (Debian, Ubuntu: apt-get install libbpf1)");
        }
        return facts.hook(Hook.TP_BTF)
                .map(fact -> hook(facts, fact))
                .orElseGet(() -> new Verdict(Reason.LOAD_FAILED, "typed tracepoints were not probed", "probe again"));
    }

    private static Verdict unprivileged(ProbeFacts facts) {
        List<String> lacks = facts.effective().missingForTracing();
        String names = String.join(" and ", lacks);
        boolean hasOne = lacks.size() == 1;
        if (facts.uid() != ROOT && !hasOne) {
            return new Verdict(
                    Reason.NOT_ROOT,
                    "this process runs as uid " + facts.uid() + " without " + names,
                    "run it as root, or grant it " + names);
        }
        boolean bounded = !facts.bounding().canTrace();
        return new Verdict(
                Reason.MISSING_CAPABILITY,
                "this process lacks " + names
                        + (bounded ? " and its bounding set forbids to gain what is missing" : ""),
                "grant it " + names + " (securityContext.capabilities.add in Kubernetes, --cap-add in Docker)");
    }

    private static Verdict hook(ProbeFacts facts, HookFact fact) {
        if (fact.usable()) {
            return new Verdict(Reason.NONE, "", "");
        }
        if (fact.errno() == Errno.EPERM.number()) {
            return new Verdict(
                    Reason.EPERM,
                    "the kernel refuses BPF with EPERM although the process has the capabilities" + because(facts),
                    remedy(facts));
        }
        return new Verdict(
                Reason.LOAD_FAILED,
                "a typed tracepoint does not work: " + fact.why(),
                "report it with the output of the feature probe");
    }

    private static String because(ProbeFacts facts) {
        if (!facts.initialUserNamespace()) {
            return " (it runs in a user namespace)";
        }
        if (facts.lockdown().equals("confidentiality")) {
            return " (lockdown=confidentiality)";
        }
        return facts.seccomp() ? " (a seccomp filter is on it)" : "";
    }

    private static String remedy(ProbeFacts facts) {
        if (!facts.initialUserNamespace()) {
            return "run it in the host's user namespace (hostUsers: true in Kubernetes)";
        }
        if (facts.lockdown().equals("confidentiality")) {
            return "boot with lockdown=integrity or without lockdown";
        }
        return facts.seccomp()
                ? "allow the bpf system call in its seccomp profile"
                : "ask whoever runs this kernel whether a security module or a virtual machine's policy forbids BPF";
    }

    /** Whether the host can be observed. */
    public boolean canObserve() {
        return reason == Reason.NONE;
    }

    /** One sentence: what is missing and what to do. */
    public String sentence() {
        return canObserve() ? "this host can be observed" : missing + "; " + remedy;
    }
}
