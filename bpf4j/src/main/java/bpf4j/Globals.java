/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Global constants and variables of an object, found by their C names through the object's BTF (compile with {@code -g}).
 * Setting is possible before load; constants are frozen then. Variables are afterwards read and written through
 * {@link BpfObject#map BpfObject.map(section)}.{@link BpfMap#mapMemory mapMemory}.
 */
public final class Globals {
    private static final int KIND_DATASEC = 15;
    private static final int TYPE_BYTES = 12;
    private static final int SECTION_ENTRY_BYTES = 12;

    private final BpfObject object;
    private final Map<String, GlobalVariable> variables;

    private Globals(BpfObject object, Map<String, GlobalVariable> variables) {
        this.object = object;
        this.variables = variables;
    }

    static Globals of(BpfObject object) {
        Map<String, GlobalVariable> found = new LinkedHashMap<>();
        Pointer btf = Libbpf.bpf_object__btf(object.handle());
        int types = btf == null ? 0 : Libbpf.btf__type_cnt(btf);
        for (int id = 1; btf != null && id < types; id++) {
            Pointer type = Libbpf.btf__type_by_id(btf, id);
            if (type != null && (type.getInt(4) >>> 24 & 0x1f) == KIND_DATASEC) {
                readSection(btf, type, found);
            }
        }
        return new Globals(object, found);
    }

    private static void readSection(Pointer btf, Pointer section, Map<String, GlobalVariable> found) {
        String sectionName = nameOf(btf, section);
        int count = section.getInt(4) & 0xffff;
        for (int i = 0; i < count; i++) {
            long entry = TYPE_BYTES + (long) i * SECTION_ENTRY_BYTES;
            Pointer variable = Libbpf.btf__type_by_id(btf, section.getInt(entry));
            if (variable != null) {
                String name = nameOf(btf, variable);
                found.put(
                        name,
                        new GlobalVariable(name, sectionName, section.getInt(entry + 4), section.getInt(entry + 8)));
            }
        }
    }

    private static String nameOf(Pointer btf, Pointer type) {
        String name = Libbpf.btf__name_by_offset(btf, type.getInt(0));
        return name == null ? "" : name;
    }

    /** Where that global lives. */
    public GlobalVariable variable(String name) {
        GlobalVariable variable = variables.get(name);
        if (variable == null) {
            throw new IllegalArgumentException("object " + object.name() + " has no global " + name + "; it has "
                    + variables.keySet() + " (a static or unused global is not listed)");
        }
        return variable;
    }

    /** Whether the object has a global of that name. */
    public boolean has(String name) {
        return variables.containsKey(name);
    }

    /** Sets a 4-byte global before load. */
    public Globals setInt(String name, int value) {
        initial(name, Integer.BYTES).putInt(0, value);
        return this;
    }

    /** Sets an 8-byte global before load. */
    public Globals setLong(String name, long value) {
        initial(name, Long.BYTES).putLong(0, value);
        return this;
    }

    /** Sets a one-byte global (bool, char) before load. */
    public Globals setByte(String name, int value) {
        initial(name, Byte.BYTES).put(0, (byte) value);
        return this;
    }

    /** Sets an array or structure before load; it may be shorter than the global, the rest stays. */
    public Globals set(String name, byte[] value) {
        ByteBuffer target = initial(name);
        if (value.length > target.capacity()) {
            throw new IllegalArgumentException(
                    "global " + name + " has " + target.capacity() + " bytes, not " + value.length);
        }
        target.put(0, value);
        return this;
    }

    /** The global's memory before load, in native byte order: what is written here is its value at load. */
    public ByteBuffer initial(String name) {
        GlobalVariable variable = variable(name);
        return section(variable.section())
                .slice(variable.offset(), variable.size())
                .order(ByteOrder.nativeOrder());
    }

    /** A whole section before load: {@code ".rodata"}, {@code ".data"} or {@code ".bss"}. */
    public ByteBuffer section(String section) {
        if (object.isLoaded()) {
            throw new IllegalStateException("globals of " + object.name() + " are set before load();"
                    + " afterwards use map(\"" + section + "\").mapMemory(…)");
        }
        long[] size = new long[1];
        Pointer value = Libbpf.bpf_map__initial_value(object.findMap(section), size);
        if (value == null) {
            throw new BpfException(Operation.CONFIGURE, "section " + section, Errno.EINVAL, "");
        }
        return value.getByteBuffer(0, size[0]).order(ByteOrder.nativeOrder());
    }

    private ByteBuffer initial(String name, int size) {
        ByteBuffer value = initial(name);
        if (value.capacity() != size) {
            throw new IllegalArgumentException("global " + name + " has " + value.capacity() + " bytes, not " + size);
        }
        return value;
    }
}
