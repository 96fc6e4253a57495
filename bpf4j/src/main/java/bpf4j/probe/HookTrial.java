/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

import bpf4j.Errno;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tries the kinds of hooks with the program {@code return 0}: loads it and, where that has no side effect, attaches it for a
 * moment to process execution.
 */
final class HookTrial {
    private static final int PROG_KPROBE = 2;
    private static final int PROG_TRACEPOINT = 5;
    private static final int PROG_RAW_TRACEPOINT = 17;
    private static final int PROG_TRACING = 26;
    private static final int PROG_LSM = 29;
    private static final int TRACE_RAW_TP = 23;
    private static final int TRACE_FENTRY = 24;
    private static final int LSM_MAC = 27;
    private static final int TRACE_ITER = 28;
    private static final int KIND_TYPEDEF = 8;
    private static final int KIND_FUNC = 12;

    /** struct bpf_prog_load_opts up to and including attach_btf_obj_fd, padded. */
    private static final int OPTIONS_BYTES = 48;
    /** {@code r0 = 0; exit}. */
    private static final byte[] RETURN_0 = {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};

    private static final String EXEC = "sched_process_exec";
    private static final List<Path> TRACEFS_IDS = List.of(
            Path.of("/sys/kernel/tracing/events/sched/sched_process_exec/id"),
            Path.of("/sys/kernel/debug/tracing/events/sched/sched_process_exec/id"));

    private final @Nullable Pointer btf;
    private final String securityModules;

    /**
     * @param btf the kernel's types, null when it has none
     * @param securityModules the kernel's comma-separated list, empty when unknown
     */
    HookTrial(@Nullable Pointer btf, String securityModules) {
        this.btf = btf;
        this.securityModules = securityModules;
    }

    HookFact attempt(Hook hook) {
        return switch (hook) {
            case TP_BTF -> typed(hook, PROG_TRACING, TRACE_RAW_TP, "btf_trace_" + EXEC, KIND_TYPEDEF);
            case FENTRY -> typed(hook, PROG_TRACING, TRACE_FENTRY, "security_bprm_check", KIND_FUNC);
            case LSM -> securityHook();
            case ITER -> typed(hook, PROG_TRACING, TRACE_ITER, "bpf_iter_task", KIND_FUNC);
            case RAW_TP -> untyped(hook, PROG_RAW_TRACEPOINT, EXEC);
            case TP ->
                withFile(
                        untyped(hook, PROG_TRACEPOINT, null),
                        TRACEFS_IDS,
                        "tracefs is not mounted or not readable (mount -t tracefs tracefs /sys/kernel/tracing)");
            case KPROBE ->
                withFile(
                        untyped(hook, PROG_KPROBE, null),
                        List.of(Path.of("/sys/bus/event_source/devices/kprobe/type")),
                        "this kernel has no kprobes (CONFIG_KPROBES, CONFIG_KPROBE_EVENTS)");
        };
    }

    private HookFact securityHook() {
        if (!securityModules.isEmpty()
                && !List.of(securityModules.split(",", -1)).contains("bpf")) {
            return HookFact.fails(Hook.LSM, 0, "bpf is not among the kernel's security modules (boot parameter lsm=)");
        }
        return typed(Hook.LSM, PROG_LSM, LSM_MAC, "bpf_lsm_bprm_check_security", KIND_FUNC);
    }

    private HookFact typed(Hook hook, int type, int attachType, String target, int kind) {
        if (btf == null) {
            return HookFact.fails(hook, Errno.ENOENT.number(), "this kernel carries no BTF");
        }
        int id = ProbeLibbpf.btf__find_by_name_kind(btf, target, kind);
        if (id < 0) {
            return HookFact.fails(hook, -id, "this kernel has no " + target);
        }
        int program = load(type, attachType, id);
        if (program < 0) {
            return refused(hook, -program, "load");
        }
        try {
            return attached(
                    hook,
                    hook == Hook.ITER
                            ? ProbeLibbpf.bpf_link_create(program, 0, attachType, null)
                            : ProbeLibbpf.bpf_raw_tracepoint_open(null, program));
        } finally {
            ProbeLibc.close(program);
        }
    }

    private static HookFact untyped(Hook hook, int type, @Nullable String tracepoint) {
        int program = load(type, 0, 0);
        if (program < 0) {
            return refused(hook, -program, "load");
        }
        try {
            return tracepoint == null
                    ? HookFact.works(hook)
                    : attached(hook, ProbeLibbpf.bpf_raw_tracepoint_open(tracepoint, program));
        } finally {
            ProbeLibc.close(program);
        }
    }

    private static HookFact attached(Hook hook, int link) {
        if (link < 0) {
            return refused(hook, -link, "attach");
        }
        ProbeLibc.close(link);
        return HookFact.works(hook);
    }

    private static HookFact withFile(HookFact loaded, List<Path> files, String whenAbsent) {
        return !loaded.usable() || files.stream().anyMatch(Files::isReadable)
                ? loaded
                : HookFact.fails(loaded.hook(), 0, whenAbsent);
    }

    private static HookFact refused(Hook hook, int errno, String step) {
        Errno name = Errno.of(errno);
        String why = step + " refused with " + (name == Errno.UNKNOWN ? "error " + errno : name.name());
        boolean trampoline = hook == Hook.FENTRY || hook == Hook.LSM;
        return HookFact.fails(
                hook, errno, trampoline && name == Errno.EPERM ? why + " (this kernel allows no trampolines)" : why);
    }

    /** A file descriptor or −errno. */
    private static int load(int type, int attachType, int btfId) {
        byte[] options = ByteBuffer.allocate(OPTIONS_BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(0, OPTIONS_BYTES)
                .putInt(12, attachType)
                .putInt(32, btfId)
                .array();
        return ProbeLibbpf.bpf_prog_load(type, "bpf4j_probe", "GPL", RETURN_0, RETURN_0.length / 8, options);
    }
}
