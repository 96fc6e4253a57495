/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;

/** Opens the identities of a database: loads them, and writes each change before it takes effect. Thread-safe. */
public final class Identities {
    private final IdentityStore store;
    private final InstantSource clock;
    private final Registry registry = new Registry();
    private long version = -1;

    Identities(IdentityStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    public static Identities open(DataSource dataSource, InstantSource clock) throws IdentityUnavailableException {
        Identities identities = new Identities(new JdbcIdentityStore(dataSource), clock);
        identities.refresh();
        return identities;
    }

    /** Takes over what other backends on the same database changed. To be called every few seconds. */
    public synchronized void refresh() throws IdentityUnavailableException {
        long now = store.version();
        if (now != version) {
            registry.replace(store.load());
            version = now;
        }
    }

    /** Newest first, those with an id below {@code before}. */
    public List<AuditEntry> audit(long before, int limit) throws IdentityUnavailableException {
        return store.audit(before, limit);
    }

    public List<Cluster> clusters() {
        return registry.clusters();
    }

    public List<NodeEntry> nodes() {
        return registry.nodes();
    }

    Registry registry() {
        return registry;
    }

    InstantSource clock() {
        return clock;
    }

    /** Durable first, then in force: a crash in between leaves nothing in force that is not on record. */
    synchronized void change(Change change, Origin origin, String action, String subject, String detail)
            throws IdentityUnavailableException {
        store.write(
                change, new AuditEntry(0, clock.instant(), origin.actor(), origin.remote(), action, subject, detail));
        registry.apply(change);
    }
}
