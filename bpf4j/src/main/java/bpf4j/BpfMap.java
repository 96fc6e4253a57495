/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A map in the kernel, reached by its file descriptor. Keys and values are bytes in native order, exactly {@link #keySize()} and
 * {@link #valueSize()} long. The kernel makes each single call atomic per entry; this object may be shared between threads until
 * it is closed. These calls are for control; counters and events are read from {@link #mapMemory mapped memory}.
 */
public final class BpfMap implements AutoCloseable {
    /** Update creates or replaces. */
    public static final long ANY = 0;
    /** Update only creates; an existing entry is EEXIST. */
    public static final long NO_EXIST = 1;
    /** Update only replaces; a missing entry is ENOENT. */
    public static final long EXIST = 2;

    private final String name;
    private final boolean owned;
    private final MapInfo info;
    private volatile int fd;

    private BpfMap(String name, int fd, boolean owned) {
        this.name = name;
        this.fd = fd;
        this.owned = owned;
        this.info = MapInfo.of(name, fd);
    }

    static BpfMap borrowed(String name, int fd) {
        return new BpfMap(name, fd, false);
    }

    /** Opens a map pinned before; closing gives the file descriptor back and leaves the pin. */
    public static BpfMap openPinned(Path path) {
        Libbpf.require();
        int fd = Libbpf.bpf_obj_get(path.toString());
        if (fd < 0) {
            throw new BpfException(Operation.OPEN_PINNED, path.toString(), fd, "");
        }
        return new BpfMap(path.toString(), fd, true);
    }

    /**
     * Opens a map of any process by the id that the kernel gave it ({@code map_id} in {@code /proc/PID/fdinfo}); needs
     * CAP_SYS_ADMIN. The map lives at least until this is closed.
     */
    public static BpfMap openId(int id) {
        Libbpf.require();
        int fd = Libbpf.bpf_map_get_fd_by_id(id);
        if (fd < 0) {
            throw new BpfException(Operation.MAP_ACCESS, "map of id " + id, fd, "");
        }
        return new BpfMap("id " + id, fd, true);
    }

    /** Its name in the object, or what it was opened by. */
    public String name() {
        return name;
    }

    /** The file descriptor, owned by this object or by the {@link BpfObject} that it came from. */
    public int fd() {
        int open = fd;
        if (open < 0) {
            throw new IllegalStateException("map " + name + " is closed");
        }
        return open;
    }

    /** Type, sizes and flags as the kernel reports them. */
    public MapInfo info() {
        return info;
    }

    /** Bytes of a key. */
    public int keySize() {
        return info.keySize();
    }

    /** Bytes that a lookup yields: for per-CPU maps the values of all possible CPUs, each padded to 8 bytes. */
    public int valueSize() {
        return info.lookupSize();
    }

    /** The value of that key, or null when there is none. */
    public byte @Nullable [] lookup(byte[] key) {
        byte[] value = new byte[valueSize()];
        return lookup(key, value) ? value : null;
    }

    /** Copies the value of that key into {@code value}; false when there is none. */
    public boolean lookup(byte[] key, byte[] value) {
        expect("key", keySize(), key.length);
        expect("value", valueSize(), value.length);
        int error = Libbpf.bpf_map_lookup_elem(fd(), key, value);
        return !absent("look up in", error);
    }

    /** The value of a map with 4-byte keys (arrays), in native byte order, or null when there is none. */
    public @Nullable ByteBuffer lookup(int index) {
        byte[] value = lookup(key(index));
        return value == null ? null : ByteBuffer.wrap(value).order(ByteOrder.nativeOrder());
    }

    /** Creates or replaces an entry. */
    public void update(byte[] key, byte[] value) {
        update(key, value, ANY);
    }

    /** Creates or replaces an entry as the flag says: {@link #ANY}, {@link #NO_EXIST}, {@link #EXIST}. */
    public void update(byte[] key, byte[] value, long flags) {
        expect("key", keySize(), key.length);
        expect("value", valueSize(), value.length);
        int error = Libbpf.bpf_map_update_elem(fd(), key, value, flags);
        if (error < 0) {
            throw new BpfException(Operation.MAP_ACCESS, name + " (update)", error, "");
        }
    }

    /** Sets the value of a map with 4-byte keys (arrays) from the buffer's remaining bytes. */
    public void update(int index, ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        update(key(index), bytes, ANY);
    }

    /** Removes an entry; false when there was none. */
    public boolean delete(byte[] key) {
        expect("key", keySize(), key.length);
        return !absent("delete from", Libbpf.bpf_map_delete_elem(fd(), key));
    }

    /**
     * The key after {@code key} in the kernel's order, or null after the last. Null asks for the first key; so does a key that
     * was deleted meanwhile.
     */
    public byte @Nullable [] nextKey(byte @Nullable [] key) {
        if (key != null) {
            expect("key", keySize(), key.length);
        }
        byte[] next = new byte[keySize()];
        return absent("walk through", Libbpf.bpf_map_get_next_key(fd(), key, next)) ? null : next;
    }

    /** Makes the map outlive this process under a path on a bpf file system. */
    public void pin(Path path) {
        int error = Libbpf.bpf_obj_pin(fd(), path.toString());
        if (error < 0) {
            throw new BpfException(Operation.PIN, name + " at " + path, error, "");
        }
    }

    /** Removes a pin; the map lives on while anything refers to it. */
    public static void unpin(Path path) {
        if (Libc.unlink(path.toString()) < 0) {
            throw new BpfException(Operation.PIN, path.toString(), Native.getLastError(), "");
        }
    }

    /**
     * Maps the values of an array made with BPF_F_MMAPABLE, or of global data, into this process: loads and stores there are
     * what the programs see. Element i starts at i × the value size rounded up to 8.
     *
     * @param writable false for constants and for reading only
     */
    public MappedMemory mapMemory(boolean writable) {
        int protection = writable ? Libc.PROT_READ | Libc.PROT_WRITE : Libc.PROT_READ;
        return MappedMemory.map(name, fd(), protection, 0, info.arrayBytes());
    }

    private boolean absent(String what, int error) {
        if (error >= 0) {
            return false;
        }
        if (Errno.of(error) == Errno.ENOENT) {
            return true;
        }
        throw new BpfException(Operation.MAP_ACCESS, name + " (" + what + ")", error, "");
    }

    private void expect(String what, int expected, int actual) {
        if (expected != actual) {
            throw new IllegalArgumentException(
                    "map " + name + " has a " + what + " of " + expected + " bytes, not " + actual);
        }
    }

    private static byte[] key(int index) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(index)
                .array();
    }

    @Override
    public void close() {
        int open = fd;
        if (owned && open >= 0) {
            fd = -1;
            Libc.close(open);
        }
    }
}
