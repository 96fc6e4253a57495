/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Identities that live as long as the test, in a store that can be made to fail. */
public final class InMemoryIdentities implements IdentityStore {
    private final List<Change> changes = new ArrayList<>();
    private final List<AuditEntry> entries = new ArrayList<>();
    private volatile boolean available = true;

    public Identities open(InstantSource clock) throws IdentityUnavailableException {
        Identities identities = new Identities(this, clock);
        identities.refresh();
        return identities;
    }

    public void available(boolean available) {
        this.available = available;
    }

    private void requireAvailable() throws IdentityUnavailableException {
        if (!available) {
            throw new IdentityUnavailableException("the test said so", new IllegalStateException());
        }
    }

    @Override
    public synchronized List<Change> load() throws IdentityUnavailableException {
        requireAvailable();
        return List.copyOf(changes);
    }

    @Override
    public synchronized long version() throws IdentityUnavailableException {
        requireAvailable();
        return entries.size();
    }

    @Override
    public synchronized void write(Change change, AuditEntry entry) throws IdentityUnavailableException {
        requireAvailable();
        changes.add(change);
        add(entry);
    }

    @Override
    public synchronized void note(AuditEntry entry) throws IdentityUnavailableException {
        requireAvailable();
        add(entry);
    }

    private void add(AuditEntry entry) {
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
    public synchronized List<AuditEntry> audit(long before, int limit) throws IdentityUnavailableException {
        requireAvailable();
        return entries.reversed().stream()
                .filter(entry -> entry.id() < before)
                .limit(limit)
                .toList();
    }
}
