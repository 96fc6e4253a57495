/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A BPF object file in three steps: {@link #open open}, configure (map sizes, which programs load, constants), {@link #load}.
 * Then its maps can be read and its programs attached, one at a time.
 *
 * <p>Not thread-safe: one thread at a time. Owns its programs and maps: after {@link #close()} they must not be used, except for
 * links, mapped memory and pins, which live on by themselves.
 */
public final class BpfObject implements AutoCloseable {
    /** Size of the prefix of struct bpf_object_open_opts up to and including object_name. */
    private static final int OPEN_OPTIONS_BYTES = 16;

    private final String name;
    private final Map<String, BpfProgram> programs = new LinkedHashMap<>();
    private @Nullable Pointer handle;
    private boolean loaded;

    private BpfObject(String name, Pointer handle) {
        this.name = name;
        this.handle = handle;
        for (Pointer p = Libbpf.bpf_object__next_program(handle, null);
                p != null;
                p = Libbpf.bpf_object__next_program(handle, p)) {
            BpfProgram program = new BpfProgram(this, p);
            programs.put(program.name(), program);
        }
    }

    /** Opens an object under the name "bpf4j"; see {@link #open(String, byte[])}. */
    public static BpfObject open(byte[] elf) {
        return open("bpf4j", elf);
    }

    /**
     * Parses a compiled BPF object; nothing goes to the kernel yet.
     *
     * @param name shown in errors; its first characters begin the kernel's names for the global data maps
     * @param elf the whole object file; not kept
     * @throws BpfException when the bytes are not a BPF object (LIBBPF_FORMAT) or libbpf is missing
     */
    public static BpfObject open(String name, byte[] elf) {
        Libbpf.require();
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        try (Memory options = new Memory(OPEN_OPTIONS_BYTES);
                Memory nameMemory = new Memory(nameBytes.length + 1L);
                LibbpfLog log = LibbpfLog.open()) {
            nameMemory.clear();
            nameMemory.write(0, nameBytes, 0, nameBytes.length);
            options.setLong(0, OPEN_OPTIONS_BYTES);
            options.setPointer(8, nameMemory);
            Pointer handle = Libbpf.bpf_object__open_mem(elf, elf.length, options);
            if (handle == null) {
                throw new BpfException(Operation.OPEN_OBJECT, name, Native.getLastError(), log.text());
            }
            return new BpfObject(name, handle);
        }
    }

    /** The name given at {@link #open(String, byte[])}. */
    public String name() {
        return name;
    }

    /** All programs in the object, in its order. */
    public List<BpfProgram> programs() {
        return List.copyOf(programs.values());
    }

    /** The program of that C function name. */
    public BpfProgram program(String programName) {
        BpfProgram program = programs.get(programName);
        if (program == null) {
            throw new IllegalArgumentException(
                    "object " + name + " has no program " + programName + "; it has " + programs.keySet());
        }
        return program;
    }

    /** The map of that name before load: to size it, pin it or take over an existing one. */
    public MapSpec mapSpec(String mapName) {
        if (loaded) {
            throw new IllegalStateException("map " + mapName + " of " + name + " can only be configured before load()");
        }
        return new MapSpec(this, mapName, findMap(mapName));
    }

    /** The object's global constants and variables with their values before load. */
    public Globals globals() {
        return Globals.of(this);
    }

    /**
     * Loads all maps and all programs that are not switched off into the kernel.
     *
     * @throws BpfException when one program or map fails (then nothing stays loaded), with the verifier's log
     */
    public BpfObject load() {
        try (LibbpfLog log = LibbpfLog.open()) {
            int error = Libbpf.bpf_object__load(handle());
            if (error < 0) {
                throw new BpfException(Operation.LOAD_OBJECT, name, error, log.text());
            }
        }
        loaded = true;
        return this;
    }

    /**
     * A map of the loaded object. Global data goes by its section's name: {@code ".bss"}, {@code ".data"}, {@code ".rodata"}.
     * The map belongs to this object and ends with it; closing it is not needed and does nothing.
     */
    public BpfMap map(String mapName) {
        requireLoaded();
        return BpfMap.borrowed(mapName, Libbpf.bpf_map__fd(findMap(mapName)));
    }

    /** Names of all maps, global data sections included under the kernel's names for them. */
    public List<String> mapNames() {
        List<String> names = new ArrayList<>();
        for (Pointer p = Libbpf.bpf_object__next_map(handle(), null);
                p != null;
                p = Libbpf.bpf_object__next_map(handle(), p)) {
            names.add(Libbpf.bpf_map__name(p));
        }
        return names;
    }

    Pointer findMap(String mapName) {
        Pointer map = Libbpf.bpf_object__find_map_by_name(handle(), mapName);
        if (map == null) {
            throw new IllegalArgumentException("object " + name + " has no map " + mapName + "; it has " + mapNames());
        }
        return map;
    }

    boolean isLoaded() {
        return loaded;
    }

    void requireLoaded() {
        if (!loaded) {
            throw new IllegalStateException("object " + name + " is not loaded yet: call load() first");
        }
    }

    Pointer handle() {
        Pointer open = handle;
        if (open == null) {
            throw new IllegalStateException("object " + name + " is closed");
        }
        return open;
    }

    /** Gives programs and maps back; links that are still open keep their programs running. */
    @Override
    public void close() {
        Pointer open = handle;
        if (open != null) {
            handle = null;
            Libbpf.bpf_object__close(open);
        }
    }
}
