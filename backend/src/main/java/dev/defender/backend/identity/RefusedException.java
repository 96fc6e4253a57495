/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

/** A caller is not let in. The message is for that caller: it says what to do and gives nothing away. */
public final class RefusedException extends Exception {
    private final boolean known;

    private RefusedException(boolean known, String detail) {
        super(detail);
        this.known = known;
    }

    /** The credential proves nothing (401). */
    static RefusedException unauthenticated(String detail) {
        return new RefusedException(false, detail);
    }

    /** The credential is genuine, and may not do this (403). */
    static RefusedException forbidden(String detail) {
        return new RefusedException(true, detail);
    }

    /** Whether the caller proved who it is and may still not. */
    public boolean known() {
        return known;
    }
}
