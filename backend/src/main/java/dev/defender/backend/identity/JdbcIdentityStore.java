/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.nodetoken.BadNodeKeysException;
import dev.defender.backend.nodetoken.NodeKeys;
import dev.defender.backend.pki.NodeName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Identities in PostgreSQL. */
final class JdbcIdentityStore implements IdentityStore {
    private final DataSource dataSource;

    JdbcIdentityStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public List<Change> load() throws IdentityUnavailableException {
        try (Connection connection = dataSource.getConnection()) {
            List<Change> changes = new ArrayList<>();
            Rows.each(
                    connection,
                    "SELECT id, name, created_at FROM cluster",
                    row -> changes.add(new Change.ClusterAdded(
                            new Cluster(row.getString(1), row.getString(2), Rows.instant(row, 3)))));
            loadNodeKeys(connection, changes);
            Rows.each(
                    connection,
                    "SELECT id, cluster, hash, created_at, expires_at FROM enrolment_token WHERE revoked_at IS NULL",
                    row -> changes.add(new Change.EnrolmentTokenAdded(new EnrolmentToken(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            Rows.instant(row, 4),
                            Rows.instant(row, 5)))));
            Rows.each(
                    connection,
                    "SELECT id, name, role, hash, created_at, expires_at FROM api_token WHERE revoked_at IS NULL",
                    row -> changes.add(new Change.ApiTokenAdded(new ApiToken(
                            row.getString(1),
                            row.getString(2),
                            Role.of(row.getString(3)),
                            row.getString(4),
                            Rows.instant(row, 5),
                            Rows.instant(row, 6)))));
            loadNodes(connection, changes);
            return changes;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static void loadNodeKeys(Connection connection, List<Change> changes) throws SQLException {
        Rows.each(connection, "SELECT cluster, issuer, jwks, since FROM cluster_node_keys ORDER BY id", row -> {
            try {
                NodeKeys keys = NodeKeys.of(row.getString(2), row.getString(3));
                changes.add(new Change.NodeKeysSet(row.getString(1), new NodeKeySet(keys, Rows.instant(row, 4)), true));
            } catch (BadNodeKeysException e) {
                // Going on without them would let the cluster's nodes in without proof.
                throw new SQLException("node keys of cluster " + row.getString(1) + ": " + e.getMessage(), e);
            }
        });
    }

    /**
     * The last certificate of each node even if it is over, so that the node stays known; of the rest the good ones.
     * A revocation hit every certificate up to then, so that in order of issue the good ones come after the bad.
     */
    private static void loadNodes(Connection connection, List<Change> changes) throws SQLException {
        Rows.each(connection, """
                SELECT c.serial, c.cluster, c.node, n.enrolled_at, c.not_after, c.revoked_at IS NOT NULL
                FROM node_certificate c JOIN node n ON n.cluster = c.cluster AND n.name = c.node
                WHERE (c.revoked_at IS NULL AND c.not_after > now() - interval '1 day')
                   OR c.issued_at = (SELECT max(l.issued_at) FROM node_certificate l
                                     WHERE l.cluster = c.cluster AND l.node = c.node)
                ORDER BY c.issued_at, c.revoked_at NULLS LAST""", row -> {
            changes.add(new Change.CertificateIssued(
                    new NodeCertificate(row.getString(1), name(row), Rows.instant(row, 4), Rows.instant(row, 5))));
            if (row.getBoolean(6)) {
                changes.add(new Change.NodeRevoked(name(row), Rows.instant(row, 4)));
                changes.add(new Change.NodeReadmitted(name(row)));
            }
        });
        Rows.each(
                connection,
                "SELECT revoked_at, cluster, name FROM node WHERE revoked_at IS NOT NULL",
                row -> changes.add(new Change.NodeRevoked(name(row), Rows.instant(row, 1))));
    }

    private static NodeName name(ResultSet row) throws SQLException {
        return new NodeName(row.getString(2), row.getString(3));
    }

    @Override
    public long version() throws IdentityUnavailableException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement("SELECT coalesce(max(id), 0) FROM audit_entry");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void write(Change change, AuditEntry entry) throws IdentityUnavailableException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                ChangeWriter.write(connection, change);
                ChangeWriter.audit(connection, entry);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public void note(AuditEntry entry) throws IdentityUnavailableException {
        try (Connection connection = dataSource.getConnection()) {
            ChangeWriter.audit(connection, entry);
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    @Override
    public List<AuditEntry> audit(long before, int limit) throws IdentityUnavailableException {
        try (Connection connection = dataSource.getConnection()) {
            List<AuditEntry> entries = new ArrayList<>();
            Rows.each(
                    connection,
                    "SELECT id, at, actor, remote, action, subject, detail FROM audit_entry WHERE id < ? ORDER BY id DESC LIMIT ?",
                    row -> entries.add(new AuditEntry(
                            row.getLong(1),
                            Rows.instant(row, 2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7))),
                    before,
                    limit);
            return entries;
        } catch (SQLException e) {
            throw unavailable(e);
        }
    }

    private static IdentityUnavailableException unavailable(SQLException e) {
        return new IdentityUnavailableException("the database does not answer: " + e.getMessage(), e);
    }
}
