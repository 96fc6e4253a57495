/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import java.util.Arrays;

/**
 * The objects of one resource that the backend has been told of: 28 bytes each and no object. An open hash table with
 * linear probing. One thread.
 */
final class KnownObjects {
    /** As a hash: the object is known, but not as it is now. */
    static final long OUTDATED = 0;

    /** Instead of a list's number: a watch named it last. */
    static final int WATCHED = Integer.MIN_VALUE;

    private static final int INITIAL_SLOTS = 64;
    private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

    private long[] high = new long[INITIAL_SLOTS];
    private long[] low = new long[INITIAL_SLOTS];
    private long[] hash = new long[INITIAL_SLOTS];

    /** Number of the list that last named the object, negative if it named it as it was known; 0 = the slot is free. */
    private int[] list = new int[INITIAL_SLOTS];

    private int size;

    /** Gets one object; must not change the table. */
    @FunctionalInterface
    interface Visitor {
        void object(long high, long low, long hash);
    }

    int size() {
        return size;
    }

    /** What the object was last reported as; {@link #OUTDATED} too if it is not known. */
    long hash(long uidHigh, long uidLow) {
        int slot = find(uidHigh, uidLow);
        return list[slot] == 0 ? OUTDATED : hash[slot];
    }

    boolean contains(long uidHigh, long uidLow) {
        return list[find(uidHigh, uidLow)] != 0;
    }

    /** @param listNumber of the list that names it, negative if it was known as it is; or {@link #WATCHED} */
    void put(long uidHigh, long uidLow, long newHash, int listNumber) {
        int slot = find(uidHigh, uidLow);
        if (list[slot] == 0) {
            if (4 * (size + 1) > 3 * high.length) {
                grow();
                slot = find(uidHigh, uidLow);
            }
            size++;
            high[slot] = uidHigh;
            low[slot] = uidLow;
        }
        hash[slot] = newHash;
        list[slot] = listNumber;
    }

    void remove(long uidHigh, long uidLow) {
        int slot = find(uidHigh, uidLow);
        if (list[slot] != 0) {
            free(slot);
        }
    }

    /** Visits what was put with that number. */
    void named(int listNumber, Visitor visitor) {
        for (int slot = 0; slot < high.length; slot++) {
            if (list[slot] == listNumber) {
                visitor.object(high[slot], low[slot], hash[slot]);
            }
        }
    }

    /** Visits what the list did not name in either way. */
    void unnamed(int listNumber, Visitor visitor) {
        for (int slot = 0; slot < high.length; slot++) {
            if (list[slot] != 0 && list[slot] != listNumber && list[slot] != -listNumber) {
                visitor.object(high[slot], low[slot], hash[slot]);
            }
        }
    }

    /** Everything has to be reported anew. */
    void outdateAll() {
        Arrays.fill(hash, OUTDATED);
    }

    private int find(long uidHigh, long uidLow) {
        int mask = high.length - 1;
        int slot = home(uidHigh, uidLow, mask);
        while (list[slot] != 0 && (high[slot] != uidHigh || low[slot] != uidLow)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static int home(long uidHigh, long uidLow, int mask) {
        return (int) ((uidHigh ^ uidLow) * PRIME >>> 33) & mask;
    }

    /** Frees a slot and moves up what was displaced past it. */
    private void free(int slot) {
        int mask = high.length - 1;
        int gap = slot;
        for (int next = gap + 1 & mask; list[next] != 0; next = next + 1 & mask) {
            int home = home(high[next], low[next], mask);
            boolean between = gap <= next ? gap < home && home <= next : gap < home || home <= next;
            if (!between) {
                copy(next, gap);
                gap = next;
            }
        }
        list[gap] = 0;
        size--;
    }

    private void copy(int from, int to) {
        high[to] = high[from];
        low[to] = low[from];
        hash[to] = hash[from];
        list[to] = list[from];
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldHash = hash;
        int[] oldList = list;
        int slots = 2 * oldHigh.length;
        high = new long[slots];
        low = new long[slots];
        hash = new long[slots];
        list = new int[slots];
        for (int i = 0; i < oldHigh.length; i++) {
            if (oldList[i] != 0) {
                int slot = find(oldHigh[i], oldLow[i]);
                high[slot] = oldHigh[i];
                low[slot] = oldLow[i];
                hash[slot] = oldHash[i];
                list[slot] = oldList[i];
            }
        }
    }
}
