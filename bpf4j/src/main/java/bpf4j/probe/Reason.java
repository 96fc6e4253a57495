/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

/** Why a host can, or cannot, be observed. */
public enum Reason {
    /** It can. */
    NONE,
    /** The process is not root and has no capabilities for BPF. */
    NOT_ROOT,
    /** The process is root, or has some of the capabilities, and lacks others. */
    MISSING_CAPABILITY,
    /** The kernel carries no BTF, so programs cannot be fitted to it. */
    NO_BTF,
    /** The kernel says EPERM to a process that has the capabilities. */
    EPERM,
    /** The kernel lacks what the hooks need. */
    KERNEL_TOO_OLD,
    /** libbpf is not installed: nothing about the host is known yet. */
    NO_LIBBPF,
    /** Another error, which is a defect here or there, and no property of hosts of a kind. */
    LOAD_FAILED;

    /** Whether the reason is a property of the host or of how the process was started, and nobody's defect. */
    public boolean isNamed() {
        return this == NOT_ROOT
                || this == MISSING_CAPABILITY
                || this == NO_BTF
                || this == EPERM
                || this == KERNEL_TOO_OLD;
    }
}
