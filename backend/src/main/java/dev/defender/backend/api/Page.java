/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import dev.defender.backend.store.EventRow;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one page as they are stored, an order of magnitude smaller than as JSON. They are fetched before the first
 * is sent, so that a slow client holds no connection of the database.
 */
final class Page<R> {
    /** A thousand rows of usual size are half a megabyte; this is for those that are not. */
    private static final long MAX_BYTES = 8 << 20;

    private final List<R> rows = new ArrayList<>();
    private long next;
    private long bytes;

    /** @param after cursor that the page follows; what an empty page gives back */
    Page(long after) {
        next = after;
    }

    /** The page has all the bytes that a page may have. */
    static final class FullException extends Exception {
        FullException() {
            super("the page is full", null, false, false);
        }
    }

    /** @param event the stored record of {@code row} */
    void add(R row, EventRow event) throws FullException {
        add(row, event.position(), event.body().length);
    }

    /** @param size of what is stored of the row, bytes */
    void add(R row, long position, int size) throws FullException {
        if (bytes > 0 && bytes + size > MAX_BYTES) {
            throw new FullException();
        }
        bytes += size;
        rows.add(row);
        next = position;
    }

    List<R> rows() {
        return rows;
    }

    /** Cursor behind the last row. */
    long next() {
        return next;
    }
}
