/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.nodetoken;

/** A node token that proves nothing. The message says why and what to do; it never has the token in it. */
public final class BadNodeTokenException extends Exception {
    private final String claim;

    BadNodeTokenException(String claim, String detail) {
        super("nodeToken: " + claim + " " + detail);
        this.claim = claim;
    }

    /** What was wrong: a claim such as "aud" or "kubernetes.io.node.name", "kid", "alg", or "signature". */
    public String claim() {
        return claim;
    }
}
