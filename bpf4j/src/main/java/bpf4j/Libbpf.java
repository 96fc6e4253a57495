/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libbpf 1.x that this library calls, direct-mapped. {@code size_t} is a Java long: 64-bit only.
 * Call {@link #require()} before the first use in a code path, so that a missing library is a sentence, not a linkage error.
 */
final class Libbpf {
    private static final String LIBRARY = "libbpf.so.1";
    private static final @Nullable String PROBLEM = register();

    private Libbpf() {}

    private static @Nullable String register() {
        try {
            Native.register(Libbpf.class, LIBRARY);
            return null;
        } catch (UnsatisfiedLinkError e) {
            return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        }
    }

    /** Throws {@link BpfException} with what to install when libbpf could not be loaded. */
    static void require() {
        if (PROBLEM != null) {
            throw new BpfException(Operation.LOAD_LIBRARY, LIBRARY + " (" + PROBLEM + ")", Errno.ENOENT, "");
        }
    }

    /** {@code libbpf_print_fn_t}; on x86-64 and arm64 a {@code va_list} argument arrives as a pointer. */
    interface Print extends Callback {
        int print(int level, Pointer format, Pointer arguments);
    }

    static native @Nullable Pointer libbpf_set_print(@Nullable Print print);

    static native int libbpf_num_possible_cpus();

    static native @Nullable Pointer bpf_object__open_mem(byte[] elf, long size, Pointer options);

    static native int bpf_object__load(Pointer object);

    static native void bpf_object__close(Pointer object);

    static native @Nullable Pointer bpf_object__btf(Pointer object);

    static native @Nullable Pointer bpf_object__next_program(Pointer object, @Nullable Pointer previous);

    static native @Nullable Pointer bpf_object__next_map(Pointer object, @Nullable Pointer previous);

    static native @Nullable Pointer bpf_object__find_map_by_name(Pointer object, String name);

    static native String bpf_program__name(Pointer program);

    static native String bpf_program__section_name(Pointer program);

    static native int bpf_program__set_autoload(Pointer program, boolean autoload);

    static native boolean bpf_program__autoload(Pointer program);

    static native int bpf_program__fd(Pointer program);

    static native int bpf_program__type(Pointer program);

    static native @Nullable Pointer bpf_program__attach(Pointer program);

    static native @Nullable Pointer bpf_program__attach_iter(Pointer program, @Nullable Pointer options);

    static native int bpf_prog_test_run_opts(int programFd, Pointer options);

    static native String bpf_map__name(Pointer map);

    static native int bpf_map__fd(Pointer map);

    static native int bpf_map__max_entries(Pointer map);

    static native int bpf_map__set_max_entries(Pointer map, int entries);

    static native int bpf_map__set_autocreate(Pointer map, boolean autocreate);

    static native int bpf_map__set_pin_path(Pointer map, String path);

    static native int bpf_map__reuse_fd(Pointer map, int fd);

    static native @Nullable Pointer bpf_map__initial_value(Pointer map, long[] size);

    static native int bpf_map_lookup_elem(int fd, byte[] key, byte[] value);

    static native int bpf_map_update_elem(int fd, byte[] key, byte[] value, long flags);

    static native int bpf_map_delete_elem(int fd, byte[] key);

    static native int bpf_map_get_next_key(int fd, byte @Nullable [] key, byte[] nextKey);

    static native int bpf_obj_get(String path);

    static native int bpf_map_get_fd_by_id(int id);

    static native int bpf_obj_pin(int fd, String path);

    static native int bpf_obj_get_info_by_fd(int fd, byte[] info, int[] length);

    static native int bpf_link__fd(Pointer link);

    static native int bpf_link__pin(Pointer link, String path);

    static native int bpf_link__unpin(Pointer link);

    static native @Nullable Pointer bpf_link__open(String path);

    static native int bpf_link__destroy(Pointer link);

    static native int bpf_iter_create(int linkFd);

    static native int btf__type_cnt(Pointer btf);

    static native @Nullable Pointer btf__type_by_id(Pointer btf, int id);

    static native @Nullable String btf__name_by_offset(Pointer btf, int offset);
}
