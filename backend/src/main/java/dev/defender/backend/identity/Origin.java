/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

/**
 * Who asks for a change, for the audit trail.
 *
 * @param actor {@link Caller#label()}
 * @param remote address that the request came from; empty = from nowhere
 */
public record Origin(String actor, String remote) {
    /** What the backend does on its own. */
    static final Origin BACKEND = new Origin("backend", "");
}
