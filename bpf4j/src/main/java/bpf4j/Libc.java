/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;

/** The few libc calls beside libbpf. Those on the waiting path take primitives only, so a call allocates nothing. */
final class Libc {
    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    static final int MAP_SHARED = 1;
    static final int EPOLL_CLOEXEC = 0x80000;
    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLLIN = 1;
    static final int EPOLLET = 1 << 31;
    static final int EFD_CLOEXEC = 0x80000;
    static final int EFD_NONBLOCK = 0x800;

    static {
        Native.register(Libc.class, Platform.C_LIBRARY_NAME);
    }

    private Libc() {}

    static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

    static native int munmap(long address, long length);

    static native int getpagesize();

    static native int close(int fd);

    static native int unlink(String path);

    static native long read(int fd, byte[] buffer, long size);

    static native long write(int fd, long address, long size);

    static native int eventfd(int initial, int flags);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epoll, int operation, int fd, byte[] event);

    static native int epoll_wait(int epoll, long events, int maxEvents, int timeoutMillis);

    static native int vasprintf(Pointer result, Pointer format, Pointer arguments);

    static native void free(Pointer memory);
}
