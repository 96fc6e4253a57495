/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Pointer;
import java.nio.file.Path;

/** A map of an object that is not loaded yet: what may still be changed about it. */
public final class MapSpec {
    private final BpfObject object;
    private final String name;
    private final Pointer handle;

    MapSpec(BpfObject object, String name, Pointer handle) {
        this.object = object;
        this.name = name;
        this.handle = handle;
    }

    /** The number of entries that the map will have. */
    public int maxEntries() {
        return Libbpf.bpf_map__max_entries(live());
    }

    /** Sets the number of entries; for a ring buffer its size in bytes, a power of two and a multiple of the page size. */
    public MapSpec maxEntries(int entries) {
        return check(Libbpf.bpf_map__set_max_entries(live(), entries));
    }

    /** Leaves the map out; programs that use it must then be switched off. */
    public MapSpec omit() {
        return check(Libbpf.bpf_map__set_autocreate(live(), false));
    }

    /**
     * Load takes over the map pinned there if it fits this one, and else creates the map and pins it there.
     *
     * @param path on a bpf file system
     */
    public MapSpec pinPath(Path path) {
        return check(Libbpf.bpf_map__set_pin_path(live(), path.toString()));
    }

    /** Load uses that existing map instead of creating one. Its sizes win; libbpf duplicates the file descriptor. */
    public MapSpec reuse(BpfMap existing) {
        return check(Libbpf.bpf_map__reuse_fd(live(), existing.fd()));
    }

    private Pointer live() {
        if (object.isLoaded()) {
            throw new IllegalStateException("map " + name + " can only be configured before load()");
        }
        object.handle();
        return handle;
    }

    private MapSpec check(int error) {
        if (error < 0) {
            throw new BpfException(Operation.CONFIGURE, "map " + name, error, "");
        }
        return this;
    }
}
