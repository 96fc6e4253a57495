/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One program of a {@link BpfObject}; same thread rule, valid until that object is closed. */
public final class BpfProgram {
    /** struct bpf_test_run_opts up to and including batch_size. */
    private static final int RUN_OPTIONS_BYTES = 80;

    private final BpfObject object;
    private final Pointer handle;
    private final String name;
    private final String section;

    BpfProgram(BpfObject object, Pointer handle) {
        this.object = object;
        this.handle = handle;
        this.name = Libbpf.bpf_program__name(handle);
        this.section = Libbpf.bpf_program__section_name(handle);
    }

    /** The C function's name. */
    public String name() {
        return name;
    }

    /** The ELF section, which names the hook: {@code tp_btf/sched_process_exec}. */
    public String section() {
        return section;
    }

    /** Whether {@link BpfObject#load()} takes this program; before load only. On by default unless the section starts with '?'. */
    public BpfProgram autoload(boolean autoload) {
        if (object.isLoaded()) {
            throw new IllegalStateException("program " + name + " can only be switched on or off before load()");
        }
        int error = Libbpf.bpf_program__set_autoload(live(), autoload);
        if (error < 0) {
            throw new BpfException(Operation.CONFIGURE, name, error, "");
        }
        return this;
    }

    /** Whether the program is, or will be, loaded. */
    public boolean autoload() {
        return Libbpf.bpf_program__autoload(live());
    }

    /** File descriptor of the loaded program, owned by the object. */
    public int fd() {
        return loaded(Operation.ATTACH);
    }

    /**
     * Attaches the program to the hook that its section names.
     *
     * @return the attachment; closing it detaches
     * @throws BpfException when this kernel has no such hook or refuses
     */
    public BpfLink attach() {
        loaded(Operation.ATTACH);
        try (LibbpfLog log = LibbpfLog.open()) {
            Pointer link = Libbpf.bpf_program__attach(handle);
            if (link == null) {
                throw new BpfException(Operation.ATTACH, subject(), Native.getLastError(), log.text());
            }
            return new BpfLink(subject(), link);
        }
    }

    /**
     * Runs an {@code iter/…} program once over everything that it iterates.
     *
     * @param chunks gets what the program wrote, in order, in pieces of up to 64 KiB whose borders mean nothing; each buffer is
     *     valid only during the call
     * @return bytes delivered
     */
    public long iterate(Consumer<ByteBuffer> chunks) {
        loaded(Operation.ITERATE);
        try (LibbpfLog log = LibbpfLog.open()) {
            Pointer link = Libbpf.bpf_program__attach_iter(handle, null);
            if (link == null) {
                throw new BpfException(Operation.ITERATE, subject(), Native.getLastError(), log.text());
            }
            try (BpfLink attached = new BpfLink(subject(), link)) {
                return IteratorStream.readAll(subject(), attached.fd(), chunks);
            }
        }
    }

    /**
     * Runs the program through BPF_PROG_TEST_RUN, for the types that allow it (syscall, raw_tp, socket filters …).
     *
     * @param context what the program gets as its context, or null for none; a syscall program's writes come back in it
     * @return the program's return value
     */
    public int run(byte @Nullable [] context) {
        int fd = loaded(Operation.RUN);
        int length = context == null ? 0 : context.length;
        try (Memory options = new Memory(RUN_OPTIONS_BYTES);
                Memory input = new Memory(Math.max(1, length))) {
            options.clear();
            options.setLong(0, RUN_OPTIONS_BYTES);
            if (context != null) {
                input.write(0, context, 0, length);
                options.setPointer(32, input); // ctx_in
                options.setInt(48, length); // ctx_size_in
            }
            int error = Libbpf.bpf_prog_test_run_opts(fd, options);
            if (error < 0) {
                throw new BpfException(Operation.RUN, subject(), error, "");
            }
            if (context != null) {
                input.read(0, context, 0, length);
            }
            return options.getInt(56); // retval
        }
    }

    private Pointer live() {
        object.handle();
        return handle;
    }

    private int loaded(Operation operation) {
        object.requireLoaded();
        int fd = Libbpf.bpf_program__fd(live());
        if (fd < 0) {
            throw new IllegalStateException(
                    "cannot " + operation.text() + " " + name + ": it was switched off with autoload(false)");
        }
        return fd;
    }

    private String subject() {
        return name + " (" + section + ")";
    }
}
