/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import java.util.List;

/** What to do about an error, as one sentence. Pure: everything that it looks at is an argument. */
final class Hints {
    private Hints() {}

    /** Returns a sentence, or an empty string where nothing useful can be said beyond the error's name. */
    static String of(Operation operation, int errno, String log, Capabilities effective) {
        if (operation == Operation.LOAD_LIBRARY) {
            return "Install libbpf 1.1 or later (Debian, Ubuntu: apt-get install libbpf1; Fedora: dnf install libbpf).";
        }
        return switch (Errno.of(errno)) {
            case EPERM -> permission(operation, effective);
            case EACCES -> access(operation, log);
            case ENOENT -> missing(operation, log);
            case ESRCH -> "This kernel has no such function or type in its BTF; make the program optional.";
            case EINVAL -> invalid(operation, log);
            case E2BIG ->
                operation == Operation.MAP_ACCESS
                        ? "The map is full: raise its max_entries or delete entries."
                        : "The program is too complex for this kernel's verifier (or the log did not fit): bound its loops"
                                + " and split it.";
            case ENOMEM ->
                "Not enough memory for maps: before kernel 5.11 raise the locked-memory limit (ulimit -l) or grant"
                        + " CAP_SYS_RESOURCE; later the cgroup's memory limit counts.";
            case EEXIST -> "Something with this name exists already: remove it or open it instead.";
            case ENOTSUP, ENOTSUPP ->
                "This kernel does not support it for this program or map type; see FeatureProbe for what it does support.";
            case LIBBPF_FORMAT, LIBBPF_LIBELF ->
                "The bytes are not a BPF object: compile with clang -O2 -g -target bpf and pass the whole .o file.";
            case LIBBPF_ENDIAN -> "Compile the object with -target bpfel (or bpfeb on a big-endian machine).";
            default -> "";
        };
    }

    private static String permission(Operation operation, Capabilities effective) {
        List<String> missing = effective.missingForTracing();
        if (!missing.isEmpty()) {
            return "This process lacks " + String.join(" and ", missing)
                    + ": run it as root or grant them (setcap, or securityContext.capabilities.add in Kubernetes).";
        }
        return switch (operation) {
            case LOAD_OBJECT ->
                "The process has the capabilities, so the kernel itself refuses: fentry, fexit, fmod_ret and lsm programs need"
                        + " trampolines, which lockdown or a hardened kernel can forbid; use tp_btf or raw_tp instead.";
            case ATTACH -> "Attaching to cgroup and network hooks needs CAP_NET_ADMIN as well.";
            case MAP_MEMORY -> "The map is frozen or read-only: map it without write access.";
            case PIN, OPEN_PINNED -> "Pin below a bpf file system (mount -t bpf bpffs DIR) that this user may write.";
            default -> "";
        };
    }

    private static String access(Operation operation, String log) {
        if (operation == Operation.LOAD_OBJECT) {
            return "The verifier refused the program; the last lines of its log say at which instruction and why.";
        }
        if (operation == Operation.ATTACH) {
            return "The program reads more of its context than this hook has (for a tracepoint: beyond its arguments).";
        }
        return log.isEmpty() ? "Check the file's permissions." : "";
    }

    private static String missing(Operation operation, String log) {
        if (log.contains("vmlinux BTF") || log.contains("kernel BTF")) {
            return "This kernel carries no BTF (/sys/kernel/btf/vmlinux): it needs CONFIG_DEBUG_INFO_BTF=y.";
        }
        return switch (operation) {
            case LOAD_OBJECT, ATTACH ->
                "This kernel has no such hook (tracepoint, function or module): make the program optional.";
            case OPEN_PINNED -> "Nothing is pinned under that path in this mount namespace.";
            case PIN -> "The directory must exist on a bpf file system (mount -t bpf bpffs DIR).";
            default -> "";
        };
    }

    private static String invalid(Operation operation, String log) {
        if (operation == Operation.LOAD_OBJECT) {
            return log.contains("unknown func") || log.contains("invalid func")
                    ? "The program calls a helper that this kernel (or this program type) does not have; use an older helper"
                            + " or make the program optional."
                    : "The kernel knows no such program type, map type or flag, or the verifier refused the program: see the log.";
        }
        return switch (operation) {
            case PIN, OPEN_PINNED -> "The path must lie on a bpf file system (mount -t bpf bpffs DIR).";
            case MAP_MEMORY -> "Only array maps made with BPF_F_MMAPABLE, global data and ring buffers can be mapped.";
            default -> "";
        };
    }
}
