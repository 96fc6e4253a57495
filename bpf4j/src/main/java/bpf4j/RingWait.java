/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The sleeping half of a ring buffer reader: an edge-triggered epoll over the map and an eventfd. Edge-triggered, because the ring
 * counts as readable as long as one record is unpublished.
 */
final class RingWait implements AutoCloseable {
    private static final int EVENT_BYTES = 16;
    private static final int MAX_EVENTS = 2;

    private final String name;
    private final int epoll;
    private final int event;
    private final Memory events = new Memory((long) MAX_EVENTS * EVENT_BYTES);
    private final long eventsAddress = Pointer.nativeValue(events);
    private final Memory one = new Memory(Long.BYTES);
    private boolean closed;

    RingWait(String name, int mapFd) {
        this.name = name;
        one.setLong(0, 1);
        epoll = check(Libc.epoll_create1(Libc.EPOLL_CLOEXEC));
        event = check(Libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK));
        add(mapFd);
        add(event);
    }

    private void add(int fd) {
        byte[] interest = ByteBuffer.allocate(EVENT_BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(Libc.EPOLLIN | Libc.EPOLLET)
                .array();
        check(Libc.epoll_ctl(epoll, Libc.EPOLL_CTL_ADD, fd, interest));
    }

    /** Sleeps; false when the time was over. A signal counts as woken. */
    boolean await(int timeoutMillis) {
        int ready = Libc.epoll_wait(epoll, eventsAddress, MAX_EVENTS, timeoutMillis);
        if (ready < 0 && Native.getLastError() != Errno.EINTR.number()) {
            throw new BpfException(Operation.WAIT, name, Native.getLastError(), "");
        }
        return ready != 0;
    }

    /** Each write is a new edge, so the counter never needs reading. */
    synchronized void wakeup() {
        if (!closed) {
            Libc.write(event, Pointer.nativeValue(one), Long.BYTES);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Libc.close(epoll);
            Libc.close(event);
            events.close();
            one.close();
        }
    }

    private int check(int result) {
        if (result < 0) {
            throw new BpfException(Operation.WAIT, name, Native.getLastError(), "");
        }
        return result;
    }
}
