/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.time.Instant;

/**
 * A change of who may do what.
 *
 * @param id order of writing; 0 before it is written
 * @param actor {@link Caller#label()}, or "backend" for what the backend did on its own
 * @param remote address that the request came from; empty for the backend's own
 * @param action such as "node.revoke"
 * @param subject what was changed
 */
public record AuditEntry(
        long id, Instant at, String actor, String remote, String action, String subject, String detail) {}
