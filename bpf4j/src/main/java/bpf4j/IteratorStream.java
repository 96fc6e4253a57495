/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Native;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** Reads what one run of an iterator program writes. */
final class IteratorStream {
    private static final int CHUNK_BYTES = 64 * 1024;

    private IteratorStream() {}

    static long readAll(String subject, int linkFd, Consumer<ByteBuffer> chunks) {
        int fd = Libbpf.bpf_iter_create(linkFd);
        if (fd < 0) {
            throw new BpfException(Operation.ITERATE, subject, fd, "");
        }
        try {
            byte[] chunk = new byte[CHUNK_BYTES];
            long total = 0;
            while (true) {
                long read = Libc.read(fd, chunk, CHUNK_BYTES);
                if (read > 0) {
                    total += read;
                    chunks.accept(ByteBuffer.wrap(chunk, 0, (int) read).order(ByteOrder.nativeOrder()));
                } else if (read == 0) {
                    return total;
                } else {
                    int errno = Native.getLastError();
                    // The kernel breaks off a long iteration with EAGAIN, and a signal with EINTR; both go on where
                    // they were.
                    if (errno != Errno.EAGAIN.number() && errno != Errno.EINTR.number()) {
                        throw new BpfException(Operation.ITERATE, subject, errno, "");
                    }
                }
            }
        } finally {
            Libc.close(fd);
        }
    }
}
