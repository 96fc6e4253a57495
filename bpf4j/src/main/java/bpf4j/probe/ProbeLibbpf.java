/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The low-level functions of libbpf that probing uses: it loads two-instruction programs without an object file. */
final class ProbeLibbpf {
    private static final boolean LOADED = register();

    private ProbeLibbpf() {}

    private static boolean register() {
        try {
            Native.register(ProbeLibbpf.class, "libbpf.so.1");
            return true;
        } catch (UnsatisfiedLinkError absent) {
            return false;
        }
    }

    static boolean isLoaded() {
        return LOADED;
    }

    static native int libbpf_major_version();

    static native int libbpf_minor_version();

    static native @Nullable Pointer btf__load_vmlinux_btf();

    static native int btf__find_by_name_kind(Pointer btf, String name, int kind);

    static native void btf__free(Pointer btf);

    static native int bpf_prog_load(
            int type, String name, String license, byte[] instructions, long count, byte[] options);

    static native int bpf_raw_tracepoint_open(@Nullable String name, int programFd);

    static native int bpf_link_create(int programFd, int target, int attachType, @Nullable Pointer options);
}
