/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.protocol.wire.Lanes;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The spool's share of the disk, in bytes, over both lanes.
 *
 * <p>Bulk ends earlier than urgent by a reserve, and credit ends earlier than either by the window that may be on its
 * way, so that what a producer was allowed to send also fits. Any thread.
 */
public final class Budget {
    private static final long MAX_RESERVE_BYTES = 16L << 20;
    private static final long MAX_WINDOW_BYTES = 4L << 20;
    private static final int SHARE_OF_FREE_DISK = 10;

    private final long configuredBytes;
    private final AtomicLong used = new AtomicLong();
    private volatile long limitBytes;

    /** @param configuredBytes most that the spool may take, whatever the disk has */
    public Budget(long configuredBytes) {
        this.configuredBytes = configuredBytes;
        this.limitBytes = configuredBytes;
    }

    /** Bounds growth by a tenth of what is free on the disk now. */
    void reconsider(long freeBytes) {
        limitBytes = Math.min(configuredBytes, used.get() + freeBytes / SHARE_OF_FREE_DISK);
    }

    void add(long bytes) {
        used.addAndGet(bytes);
    }

    public long usedBytes() {
        return used.get();
    }

    public long limitBytes() {
        return limitBytes;
    }

    /** Bytes that may still be written in this lane; negative when it is over. */
    long room(int lane) {
        long room = limitBytes - used.get();
        return lane == Lanes.URGENT ? room : room - reserve();
    }

    /** Bytes that a producer may have sent and not seen acknowledged in this lane. */
    public long credit(int lane) {
        long window = window();
        return Math.clamp(room(lane) - window, 0, window);
    }

    long segmentBytes() {
        return Math.clamp(limitBytes / 16, 64L << 10, 8L << 20);
    }

    private long reserve() {
        return Math.min(MAX_RESERVE_BYTES, limitBytes / 8);
    }

    private long window() {
        return Math.min(MAX_WINDOW_BYTES, limitBytes / 16);
    }
}
