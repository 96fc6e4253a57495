/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

import org.jspecify.annotations.Nullable;

/**
 * The bounded set of processes. A process that ended stays for a while, so that late events and its children still find it;
 * when room is needed the longest dead go first, then the longest unused.
 */
public final class ProcessTable {
    /** How long a process without children in the table is kept after its end, ns. */
    static final long GRACE_NS = 30_000_000_000L;

    /** Sizes that are allocated ahead: text and encoded fields of a usual process, and long command lines. */
    private static final int SMALL_BYTES = 256;

    private static final int MEDIUM_BYTES = 512;
    private static final int LARGE_BYTES = 1024;
    private static final int LARGEST_BYTES = 8192;

    private final int maxProcesses;
    private final BufferPool pool;
    private final ProcessIndex index;
    private final ProcessList living = new ProcessList();
    private final ProcessList dead = new ProcessList();
    private final Stack<ProcessEntry> spareEntries = new Stack<>();
    private final Stack<ProcessImage> spareImages = new Stack<>();
    private int size;
    private long evicted;

    /** @param maxProcesses most entries, dead ones included */
    public ProcessTable(int maxProcesses, BufferPool pool) {
        this.maxProcesses = maxProcesses;
        this.pool = pool;
        this.index = new ProcessIndex(maxProcesses);
    }

    /** Allocates entries, images and text ahead for so many processes of usual size. */
    public void prepare(int processes) {
        for (int i = 0; i < Math.min(processes, maxProcesses); i++) {
            spareEntries.push(new ProcessEntry());
            spareImages.push(new ProcessImage());
        }
        pool.prepare(SMALL_BYTES, processes);
        pool.prepare(MEDIUM_BYTES, processes);
        pool.prepare(LARGE_BYTES, processes / 16);
        pool.prepare(LARGEST_BYTES, processes / 64);
    }

    /** The process, or null if it is not known. Counts as use. */
    public @Nullable ProcessEntry find(int pid, long startBootNs) {
        ProcessEntry entry = index.get(pid, startBootNs);
        if (entry != null) {
            (entry.exitBootNs() == 0 ? living : dead).touch(entry);
        }
        return entry;
    }

    public int size() {
        return size;
    }

    /** Entries that had to go for want of room. */
    public long evicted() {
        return evicted;
    }

    /** An array of the pool for something that {@code image} will hold; evicts until there is one. */
    public byte[] buffer(int bytes, ProcessImage image) {
        image.share();
        byte[] taken = take(bytes, null);
        if (image.unshare()) {
            // Its last process was evicted for this very array; it dies with the next use of its entry.
            image.share();
        }
        return taken;
    }

    /** Lets go what died long enough ago. */
    public void expire(long nowBootNs) {
        ProcessEntry entry = dead.oldest();
        while (entry != null && entry.exitBootNs() + GRACE_NS < nowBootNs) {
            if (entry.children() > 0) {
                // An ancestor of something: look again after another while.
                entry.exited(nowBootNs);
                dead.touch(entry);
                dead.remove(entry);
                dead.add(entry);
            } else {
                remove(entry);
            }
            entry = dead.oldest();
        }
    }

    /** A new entry without an image; the key must not be in the table. */
    ProcessEntry add(int pid, long startBootNs) {
        while (size >= maxProcesses) {
            evict(null);
        }
        ProcessEntry spare = spareEntries.pop();
        ProcessEntry entry = spare == null ? new ProcessEntry() : spare;
        entry.begin(pid, startBootNs);
        index.add(entry);
        living.add(entry);
        size++;
        return entry;
    }

    /** A new image with room for {@code bytes} of text, used by the caller. {@code keep} is not evicted for it. */
    ProcessImage image(int bytes, @Nullable ProcessEntry keep) {
        byte[] text = take(bytes, keep);
        ProcessImage spare = spareImages.pop();
        ProcessImage image = spare == null ? new ProcessImage() : spare;
        image.begin(text);
        return image;
    }

    /** Gives an entry what it runs now; the reference that the caller holds becomes the entry's. */
    void setImage(ProcessEntry entry, ProcessImage image) {
        ProcessImage previous = entry.swapImage(image);
        if (previous != null) {
            drop(previous);
        }
    }

    void exit(ProcessEntry entry, long bootNs) {
        if (entry.exitBootNs() == 0) {
            living.remove(entry);
            entry.exited(bootNs);
            dead.add(entry);
        }
    }

    private byte[] take(int bytes, @Nullable ProcessEntry keep) {
        byte[] taken = pool.take(bytes);
        while (taken == null) {
            if (!evict(keep)) {
                throw new IllegalStateException("the process table's memory is smaller than one process");
            }
            taken = pool.take(bytes);
        }
        return taken;
    }

    private boolean evict(@Nullable ProcessEntry keep) {
        ProcessEntry victim = dead.oldest();
        if (victim == null || victim == keep) {
            victim = living.oldest();
        }
        if (victim == null || victim == keep) {
            return false;
        }
        evicted++;
        remove(victim);
        return true;
    }

    private void remove(ProcessEntry entry) {
        (entry.exitBootNs() == 0 ? living : dead).remove(entry);
        index.remove(entry);
        entry.adopt(0, 0, null);
        ProcessImage image = entry.swapImage(null);
        if (image != null) {
            drop(image);
        }
        size--;
        spareEntries.push(entry);
    }

    private void drop(ProcessImage image) {
        if (image.unshare()) {
            image.release(pool);
            spareImages.push(image);
        }
    }
}
