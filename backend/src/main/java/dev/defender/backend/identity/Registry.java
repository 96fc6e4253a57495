/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.pki.NodeName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All identities in memory, so that a request needs no database to be authenticated. Thread-safe. */
final class Registry {
    private final Map<String, Cluster> clusters = new HashMap<>();
    private final Map<String, List<NodeKeySet>> nodeKeys = new HashMap<>();
    private final Map<String, EnrolmentToken> enrolmentTokens = new HashMap<>();
    private final Map<String, ApiToken> apiTokens = new HashMap<>();
    private final Map<NodeName, NodeEntry> nodes = new HashMap<>();
    private final Map<NodeName, Map<String, Instant>> goodSerials = new HashMap<>();

    synchronized void replace(List<Change> changes) {
        clusters.clear();
        nodeKeys.clear();
        enrolmentTokens.clear();
        apiTokens.clear();
        nodes.clear();
        goodSerials.clear();
        changes.forEach(this::apply);
    }

    synchronized void apply(Change change) {
        switch (change) {
            case Change.ClusterAdded(Cluster cluster) -> clusters.put(cluster.id(), cluster);
            case Change.NodeKeysSet(String cluster, NodeKeySet keys, boolean keepPrevious) ->
                nodeKeys.merge(
                        cluster, List.of(keys), (old, fresh) -> keepPrevious ? List.of(keys, old.getFirst()) : fresh);
            case Change.EnrolmentTokenAdded(EnrolmentToken token) -> enrolmentTokens.put(token.hash(), token);
            case Change.EnrolmentTokenRevoked(String id, Instant at) ->
                enrolmentTokens.values().removeIf(token -> token.id().equals(id));
            case Change.ApiTokenAdded(ApiToken token) -> apiTokens.put(token.hash(), token);
            case Change.CertificateIssued(NodeCertificate certificate) -> issued(certificate);
            case Change.NodeRevoked(NodeName node, Instant at) -> {
                nodes.computeIfPresent(
                        node,
                        (name, entry) -> new NodeEntry(name, entry.enrolledAt(), at, entry.certificateNotAfter()));
                goodSerials.remove(node);
            }
            case Change.NodeReadmitted(NodeName node) ->
                nodes.computeIfPresent(
                        node,
                        (name, entry) -> new NodeEntry(name, entry.enrolledAt(), null, entry.certificateNotAfter()));
        }
    }

    private void issued(NodeCertificate certificate) {
        nodes.compute(
                certificate.node(),
                (name, entry) -> entry == null
                        ? new NodeEntry(name, certificate.issuedAt(), null, certificate.notAfter())
                        : new NodeEntry(name, entry.enrolledAt(), entry.revokedAt(), certificate.notAfter()));
        Map<String, Instant> good = goodSerials.computeIfAbsent(certificate.node(), name -> new HashMap<>());
        good.values().removeIf(notAfter -> notAfter.isBefore(certificate.issuedAt()));
        good.put(certificate.serial(), certificate.notAfter());
    }

    synchronized @Nullable Cluster cluster(String id) {
        return clusters.get(id);
    }

    synchronized List<Cluster> clusters() {
        List<Cluster> all = new ArrayList<>(clusters.values());
        all.sort(Comparator.comparing(Cluster::createdAt).thenComparing(Cluster::id));
        return all;
    }

    /** Those in force, newest first; none = the cluster's nodes need no token of it. */
    synchronized List<NodeKeySet> nodeKeys(String cluster) {
        return nodeKeys.getOrDefault(cluster, List.of());
    }

    synchronized @Nullable EnrolmentToken enrolmentToken(String hash) {
        return enrolmentTokens.get(hash);
    }

    /** Those of a cluster that are not revoked, oldest first. */
    synchronized List<EnrolmentToken> enrolmentTokens(String cluster) {
        return enrolmentTokens.values().stream()
                .filter(token -> token.cluster().equals(cluster))
                .sorted(Comparator.comparing(EnrolmentToken::createdAt).thenComparing(EnrolmentToken::id))
                .toList();
    }

    synchronized @Nullable ApiToken apiToken(String hash) {
        return apiTokens.get(hash);
    }

    synchronized @Nullable NodeEntry node(NodeName name) {
        return nodes.get(name);
    }

    synchronized List<NodeEntry> nodes() {
        List<NodeEntry> all = new ArrayList<>(nodes.values());
        all.sort(Comparator.comparing((NodeEntry entry) -> entry.name().cluster())
                .thenComparing(entry -> entry.name().node()));
        return all;
    }

    /** Whether the certificate was issued here to that node and not revoked since. */
    synchronized boolean good(NodeName name, String serial) {
        return goodSerials.getOrDefault(name, Map.of()).containsKey(serial);
    }
}
