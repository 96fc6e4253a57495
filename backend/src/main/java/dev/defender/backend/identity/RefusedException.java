/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.nodetoken.BadNodeTokenException;
import org.jspecify.annotations.Nullable;

/** A caller is not let in. The message is for that caller: it says what to do and gives nothing away. */
public final class RefusedException extends Exception {
    private final boolean known;
    private final @Nullable String claim;

    private RefusedException(boolean known, @Nullable String claim, String detail) {
        super(detail);
        this.known = known;
        this.claim = claim;
    }

    /** The credential proves nothing (401). */
    static RefusedException unauthenticated(String detail) {
        return new RefusedException(false, null, detail);
    }

    /** The credential is genuine, and may not do this (403). */
    static RefusedException forbidden(String detail) {
        return new RefusedException(true, null, detail);
    }

    /** The node token does not prove what it must (403). */
    static RefusedException unproven(BadNodeTokenException e) {
        return new RefusedException(true, e.claim(), String.valueOf(e.getMessage()));
    }

    /** The claim of the node token that is wrong; null = it is not about that token. */
    public @Nullable String claim() {
        return claim;
    }

    /** Whether the caller proved who it is and may still not. */
    public boolean known() {
        return known;
    }
}
