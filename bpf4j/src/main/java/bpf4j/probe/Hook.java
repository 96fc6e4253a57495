/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

import java.util.Locale;

/** Kinds of hooks that are probed. The names are those of libbpf's sections. */
public enum Hook {
    /** BTF-typed raw tracepoint, {@code tp_btf/…}; kernel 5.5. */
    TP_BTF,
    /** Raw tracepoint, {@code raw_tp/…}; kernel 4.17. */
    RAW_TP,
    /** Classic tracepoint, {@code tp/…}; needs tracefs. */
    TP,
    /** Function entry, {@code fentry/…}; kernel 5.5, needs trampolines. */
    FENTRY,
    /** Security hook, {@code lsm/…}; kernel 5.7, needs trampolines and bpf in the kernel's list of security modules. */
    LSM,
    /** Iterator over kernel objects, {@code iter/…}; kernel 5.8. */
    ITER,
    /** Kernel probe, {@code kprobe/…}; needs CONFIG_KPROBES. */
    KPROBE;

    /** The name as in a section, for reports: {@code tp_btf}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
