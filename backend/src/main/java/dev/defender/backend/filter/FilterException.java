/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

/** A filter that cannot be read: what is wrong, and where. */
public final class FilterException extends Exception {
    private final int position;

    /** @param position index of the first offending UTF-16 unit, 0-based; the filter's length when it ends too early */
    FilterException(String message, int position) {
        super(message);
        this.position = position;
    }

    /** Index into the filter text, 0-based. */
    public int position() {
        return position;
    }
}
