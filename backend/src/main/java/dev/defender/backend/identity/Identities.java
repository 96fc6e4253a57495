/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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

    public Optional<Cluster> cluster(String id) {
        return Optional.ofNullable(registry.cluster(id));
    }

    /** Keys by which tokens of the cluster's nodes are checked, newest first; none = they are not asked for. */
    public List<NodeKeySet> nodeKeys(String cluster) {
        return registry.nodeKeys(cluster);
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
        store.write(change, entry(origin, action, subject, detail));
        registry.apply(change);
    }

    /** Puts on record what changed nothing. */
    synchronized void note(Origin origin, String action, String subject, String detail)
            throws IdentityUnavailableException {
        store.note(entry(origin, action, subject, detail));
    }

    private AuditEntry entry(Origin origin, String action, String subject, String detail) {
        return new AuditEntry(0, clock.instant(), origin.actor(), origin.remote(), action, subject, detail);
    }
}
