/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Kernel memory mapped into this process. It outlives the map's file descriptor and the object. After {@link #close()} the
 * buffer must not be touched any more: that would end the process with a segmentation fault.
 */
public final class MappedMemory implements AutoCloseable {
    private static final long MAP_FAILED = -1;

    private final long address;
    private final long length;
    private final ByteBuffer buffer;
    private boolean closed;

    private MappedMemory(long address, long length) {
        this.address = address;
        this.length = length;
        this.buffer = new Pointer(address).getByteBuffer(0, length).order(ByteOrder.nativeOrder());
    }

    static MappedMemory map(String name, int fd, int protection, long offset, long length) {
        long address = Libc.mmap(0, length, protection, Libc.MAP_SHARED, fd, offset);
        if (address == MAP_FAILED) {
            throw new BpfException(Operation.MAP_MEMORY, name, Native.getLastError(), "");
        }
        return new MappedMemory(address, length);
    }

    /** The memory, in native byte order, whole pages. Always the same buffer: use absolute access, or duplicate it. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Unmaps. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            Libc.munmap(address, length);
        }
    }
}
