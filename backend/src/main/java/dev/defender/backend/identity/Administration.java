/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.nodetoken.NodeKeys;
import dev.defender.backend.pki.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an administrator changes. Every change is in the audit trail. Thread-safe. */
public final class Administration {
    /** Two, so that a new token can be rolled out before the old one ends. */
    static final int VALID_ENROLMENT_TOKENS = 2;

    private final Identities identities;

    public Administration(Identities identities) {
        this.identities = identities;
    }

    /** A new cluster; empty = another one has this name. @param keys null = its nodes need no token of the cluster */
    public Optional<Cluster> addCluster(String name, @Nullable NodeKeys keys, Origin origin)
            throws IdentityUnavailableException {
        synchronized (identities) {
            if (identities.clusters().stream()
                    .anyMatch(cluster -> cluster.name().equals(name))) {
                return Optional.empty();
            }
            Cluster cluster = new Cluster(
                    UUID.randomUUID().toString(), name, identities.clock().instant());
            identities.change(new Change.ClusterAdded(cluster), origin, "cluster.create", cluster.id(), name);
            if (keys != null) {
                // Not one change with the first: until an enrolment token is minted, nobody can use the time between.
                setNodeKeys(cluster.id(), keys, false, origin);
            }
            return Optional.of(cluster);
        }
    }

    /**
     * Puts the keys of a cluster's API server in force; those that are in force already change nothing.
     *
     * @param keepPrevious whether the newest before them stay in force too, as in a rotation
     * @return false = no such cluster
     */
    public boolean setNodeKeys(String cluster, NodeKeys keys, boolean keepPrevious, Origin origin)
            throws IdentityUnavailableException {
        synchronized (identities) {
            if (identities.registry().cluster(cluster) == null) {
                return false;
            }
            List<NodeKeySet> present = identities.nodeKeys(cluster);
            boolean newest = !present.isEmpty() && present.getFirst().keys().same(keys);
            if (newest && (keepPrevious || present.size() == 1)) {
                return true;
            }
            identities.change(
                    new Change.NodeKeysSet(
                            cluster, new NodeKeySet(keys, identities.clock().instant()), keepPrevious),
                    origin,
                    "cluster.node-keys",
                    cluster,
                    "issuer " + keys.issuer() + ", keys " + String.join(" ", keys.keyIds())
                            + (keepPrevious && !present.isEmpty() ? "; the previous stay" : ""));
            return true;
        }
    }

    /** A token whose secret is shown this once. @param revoked ids of those that had to go for it */
    public record MintedToken(EnrolmentToken token, String secret, List<String> revoked) {}

    /** Mints an enrolment token; of those still valid only the newest stays. Empty = no such cluster. */
    public Optional<MintedToken> mintEnrolmentToken(String cluster, Duration lifetime, Origin origin)
            throws IdentityUnavailableException {
        if (identities.registry().cluster(cluster) == null) {
            return Optional.empty();
        }
        Instant now = identities.clock().instant();
        // Under the same lock as the change itself: two administrators must not mint past the bound together.
        synchronized (identities) {
            List<EnrolmentToken> valid = enrolmentTokens(cluster);
            List<String> surplus = valid.subList(0, Math.max(0, valid.size() - VALID_ENROLMENT_TOKENS + 1)).stream()
                    .map(EnrolmentToken::id)
                    .toList();
            for (String id : surplus) {
                revokeEnrolmentToken(cluster, id, origin);
            }
            String secret = Secrets.mint(Secrets.ENROLMENT_PREFIX);
            EnrolmentToken token = new EnrolmentToken(
                    UUID.randomUUID().toString(), cluster, Secrets.hash(secret), now, now.plus(lifetime));
            identities.change(
                    new Change.EnrolmentTokenAdded(token),
                    origin,
                    "enrolment-token.create",
                    token.id(),
                    "cluster " + cluster + ", until " + token.expiresAt());
            return Optional.of(new MintedToken(token, secret, surplus));
        }
    }

    /** Those that a node could enrol with now, oldest first. */
    public List<EnrolmentToken> enrolmentTokens(String cluster) {
        Instant now = identities.clock().instant();
        return identities.registry().enrolmentTokens(cluster).stream()
                .filter(token -> token.validAt(now))
                .toList();
    }

    /** @return false = the cluster has no such valid token */
    public boolean revokeEnrolmentToken(String cluster, String id, Origin origin) throws IdentityUnavailableException {
        if (enrolmentTokens(cluster).stream().noneMatch(token -> token.id().equals(id))) {
            return false;
        }
        identities.change(
                new Change.EnrolmentTokenRevoked(id, identities.clock().instant()),
                origin,
                "enrolment-token.revoke",
                id,
                "cluster " + cluster);
        return true;
    }

    /** Shuts a node out at once, with every certificate it has. @return false = no such node */
    public boolean revokeNode(NodeName node, Origin origin) throws IdentityUnavailableException {
        NodeEntry entry = identities.registry().node(node);
        if (entry == null) {
            return false;
        }
        if (entry.revokedAt() == null) {
            identities.change(
                    new Change.NodeRevoked(node, identities.clock().instant()),
                    origin,
                    "node.revoke",
                    node.cluster() + "/" + node.node(),
                    "all certificates");
        }
        return true;
    }

    /** Lets a revoked node enrol again; its old certificates stay bad. @return false = no such node */
    public boolean readmitNode(NodeName node, Origin origin) throws IdentityUnavailableException {
        NodeEntry entry = identities.registry().node(node);
        if (entry == null) {
            return false;
        }
        if (entry.revokedAt() != null) {
            identities.change(
                    new Change.NodeReadmitted(node),
                    origin,
                    "node.readmit",
                    node.cluster() + "/" + node.node(),
                    "must enrol again");
        }
        return true;
    }
}
