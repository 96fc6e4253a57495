/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Identities that live as long as the test. */
public final class InMemoryIdentities implements IdentityStore {
    private final List<Change> changes = new ArrayList<>();
    private final List<AuditEntry> entries = new ArrayList<>();

    private InMemoryIdentities() {}

    public static Identities open(InstantSource clock) throws IdentityUnavailableException {
        Identities identities = new Identities(new InMemoryIdentities(), clock);
        identities.refresh();
        return identities;
    }

    @Override
    public synchronized List<Change> load() {
        return List.copyOf(changes);
    }

    @Override
    public synchronized long version() {
        return entries.size();
    }

    @Override
    public synchronized void write(Change change, AuditEntry entry) {
        changes.add(change);
        entries.add(new AuditEntry(
                entries.size() + 1,
                entry.at(),
                entry.actor(),
                entry.remote(),
                entry.action(),
                entry.subject(),
                entry.detail()));
    }

    @Override
    public synchronized List<AuditEntry> audit(long before, int limit) {
        return entries.reversed().stream()
                .filter(entry -> entry.id() < before)
                .limit(limit)
                .toList();
    }
}
