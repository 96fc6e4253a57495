/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.pki.NodeName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;

/** Changes as SQL. */
final class ChangeWriter {
    private ChangeWriter() {}

    static void write(Connection connection, Change change) throws SQLException {
        switch (change) {
            case Change.ClusterAdded(Cluster cluster) ->
                Rows.update(
                        connection,
                        "INSERT INTO cluster (id, name, created_at) VALUES (?, ?, ?)",
                        cluster.id(),
                        cluster.name(),
                        cluster.createdAt());
            case Change.NodeKeysSet(String cluster, NodeKeySet keys, boolean keepPrevious) -> {
                Rows.update(connection, """
                        DELETE FROM cluster_node_keys WHERE cluster = ?
                           AND NOT (? AND id = (SELECT max(id) FROM cluster_node_keys WHERE cluster = ?))""", cluster, keepPrevious, cluster);
                Rows.update(
                        connection,
                        "INSERT INTO cluster_node_keys (cluster, issuer, jwks, since) VALUES (?, ?, ?, ?)",
                        cluster,
                        keys.keys().issuer(),
                        keys.keys().jwks(),
                        keys.since());
            }
            case Change.EnrolmentTokenAdded(EnrolmentToken token) ->
                Rows.update(
                        connection,
                        "INSERT INTO enrolment_token (id, cluster, hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
                        token.id(),
                        token.cluster(),
                        token.hash(),
                        token.createdAt(),
                        token.expiresAt());
            case Change.EnrolmentTokenRevoked(String id, Instant at) ->
                Rows.update(connection, "UPDATE enrolment_token SET revoked_at = ? WHERE id = ?", at, id);
            case Change.ApiTokenAdded(ApiToken token) ->
                Rows.update(
                        connection,
                        "INSERT INTO api_token (id, name, role, hash, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
                        token.id(),
                        token.name(),
                        token.role().label(),
                        token.hash(),
                        token.createdAt(),
                        token.expiresAt());
            case Change.CertificateIssued(NodeCertificate certificate) -> issued(connection, certificate);
            case Change.NodeRevoked(NodeName node, Instant at) -> {
                Rows.update(
                        connection,
                        "UPDATE node SET revoked_at = ? WHERE cluster = ? AND name = ?",
                        at,
                        node.cluster(),
                        node.node());
                Rows.update(
                        connection,
                        "UPDATE node_certificate SET revoked_at = ? WHERE cluster = ? AND node = ? AND revoked_at IS NULL",
                        at,
                        node.cluster(),
                        node.node());
            }
            case Change.NodeReadmitted(NodeName node) ->
                Rows.update(
                        connection,
                        "UPDATE node SET revoked_at = NULL WHERE cluster = ? AND name = ?",
                        node.cluster(),
                        node.node());
        }
    }

    private static void issued(Connection connection, NodeCertificate certificate) throws SQLException {
        NodeName node = certificate.node();
        Rows.update(
                connection,
                "INSERT INTO node (cluster, name, enrolled_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                node.cluster(),
                node.node(),
                certificate.issuedAt());
        Rows.update(
                connection,
                "INSERT INTO node_certificate (serial, cluster, node, issued_at, not_after) VALUES (?, ?, ?, ?, ?)",
                certificate.serial(),
                node.cluster(),
                node.node(),
                certificate.issuedAt(),
                certificate.notAfter());
    }

    static void audit(Connection connection, AuditEntry entry) throws SQLException {
        Rows.update(
                connection,
                "INSERT INTO audit_entry (at, actor, remote, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?)",
                entry.at(),
                entry.actor(),
                entry.remote(),
                entry.action(),
                entry.subject(),
                entry.detail());
    }
}
