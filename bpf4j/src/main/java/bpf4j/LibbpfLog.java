/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * Collects what libbpf prints while one attempt runs on this thread, the verifier's log included. libbpf has one print function
 * per process, so this class takes it over; text printed outside an attempt is dropped, since every failure is also a return code.
 */
final class LibbpfLog implements AutoCloseable {
    /** Text kept per attempt; the end is what names the reason, so the beginning is what goes. */
    static final int MAX_CHARS = 64 * 1024;

    private static final int LEVEL_INFO = 1;
    private static final ThreadLocal<LibbpfLog> CURRENT = new ThreadLocal<>();
    /** libbpf keeps the bare address: this reference keeps the stub behind it alive. */
    private static final Libbpf.Print PRINT = LibbpfLog::print;

    static {
        Libbpf.require();
        Libbpf.libbpf_set_print(PRINT);
    }

    private final StringBuilder text = new StringBuilder();

    private LibbpfLog() {}

    /** Starts collecting on this thread, until {@link #close()}. */
    static LibbpfLog open() {
        LibbpfLog log = new LibbpfLog();
        CURRENT.set(log);
        return log;
    }

    String text() {
        return text.toString();
    }

    @Override
    public void close() {
        CURRENT.remove();
    }

    private static int print(int level, Pointer format, Pointer arguments) {
        LibbpfLog log = CURRENT.get();
        if (log == null || level > LEVEL_INFO) {
            return 0;
        }
        try (Memory result = new Memory(Native.POINTER_SIZE)) {
            int length = Libc.vasprintf(result, format, arguments);
            if (length < 0) {
                return length;
            }
            Pointer line = result.getPointer(0);
            int skipped = Math.max(0, length - MAX_CHARS);
            log.append(line.getString(skipped, "UTF-8"));
            Libc.free(line);
            return length;
        }
    }

    private void append(String line) {
        text.append(line);
        if (text.length() > MAX_CHARS) {
            text.delete(0, text.length() - MAX_CHARS);
        }
    }
}
