/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.util.List;

/** Where identities survive. */
interface IdentityStore {
    /** Everything that is valid or revoked, in an order in which it can be applied to an empty registry. */
    List<Change> load() throws IdentityUnavailableException;

    /** Grows with every change that any backend wrote. */
    long version() throws IdentityUnavailableException;

    /** Writes a change and its audit entry, both or neither. */
    void write(Change change, AuditEntry entry) throws IdentityUnavailableException;

    /** Writes an audit entry of something that changed nothing. */
    void note(AuditEntry entry) throws IdentityUnavailableException;

    /** Newest first, those with an id below {@code before}. */
    List<AuditEntry> audit(long before, int limit) throws IdentityUnavailableException;
}
