/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the kernel says about a map (the beginning of struct bpf_map_info).
 *
 * @param type number of enum bpf_map_type
 * @param id the kernel's id of the map
 * @param keySize bytes
 * @param valueSize bytes of one value; of one CPU's value for per-CPU maps
 * @param maxEntries entries, bytes for a ring buffer
 * @param flags BPF_F_… of its creation
 */
public record MapInfo(int type, int id, int keySize, int valueSize, int maxEntries, int flags) {
    /** BPF_MAP_TYPE_RINGBUF. */
    public static final int TYPE_RINGBUF = 27;

    private static final int INFO_BYTES = 88;

    static MapInfo of(String name, int fd) {
        byte[] bytes = new byte[INFO_BYTES];
        int error = Libbpf.bpf_obj_get_info_by_fd(fd, bytes, new int[] {INFO_BYTES});
        if (error < 0) {
            throw new BpfException(Operation.MAP_ACCESS, name + " (info)", error, "");
        }
        ByteBuffer info = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        return new MapInfo(
                info.getInt(0), info.getInt(4), info.getInt(8), info.getInt(12), info.getInt(16), info.getInt(20));
    }

    /** Whether each CPU has its own value (PERCPU_HASH, PERCPU_ARRAY, LRU_PERCPU_HASH, PERCPU_CGROUP_STORAGE). */
    public boolean perCpu() {
        return type == 5 || type == 6 || type == 10 || type == 21;
    }

    int lookupSize() {
        return perCpu() ? roundUp8(valueSize) * Libbpf.libbpf_num_possible_cpus() : valueSize;
    }

    long arrayBytes() {
        long page = Libc.getpagesize();
        long bytes = (long) roundUp8(valueSize) * maxEntries;
        return (bytes + page - 1) / page * page;
    }

    private static int roundUp8(int bytes) {
        return (bytes + 7) & ~7;
    }
}
