/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import dev.defender.backend.filter.SqlCompiler;
import dev.defender.backend.filter.SqlCondition;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.InventoryListRow;
import dev.defender.backend.store.InventoryRow;
import dev.defender.backend.store.InventoryStore;
import dev.defender.backend.store.RowSink;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.backend.store.Workload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Objects in the table {@code inventory_object}. */
public final class PostgresInventoryStore implements InventoryStore {
    private static final int FETCHED_AT_ONCE = 500;

    private static final String LISTS = "SELECT cluster, resource, state, reason, objects, began, ended, complete_at "
            + "FROM inventory_list ORDER BY cluster, resource";

    // No chain of owners is that long; a forged one may be a circle.
    private static final String WORKLOADS = """
            WITH RECURSIVE chain AS (
                SELECT o.uid AS pod, o.kind, o.namespace, o.name, o.uid, o.owner_kind, o.owner_name, o.owner_uid, 0 AS depth
                FROM inventory_object o WHERE o.cluster = ? AND o.uid = ANY (?) AND o.resource = 'pods' AND o.name <> ''
                UNION ALL
                SELECT c.pod, c.owner_kind, c.namespace, c.owner_name, c.owner_uid,
                       o.owner_kind, o.owner_name, o.owner_uid, c.depth + 1
                FROM chain c LEFT JOIN inventory_object o ON o.cluster = ? AND o.uid = c.owner_uid
                WHERE c.owner_uid IS NOT NULL AND c.owner_kind <> 'Node' AND c.depth < 8)
            SELECT DISTINCT ON (pod) pod, kind, coalesce(namespace, ''), name, uid FROM chain ORDER BY pod, depth DESC
            """;

    private final Reader reader;

    public PostgresInventoryStore(DataSource dataSource) {
        this.reader = new Reader(dataSource);
    }

    @Override
    public <X extends Exception> void objects(EventQuery query, RowSink<InventoryRow, X> sink)
            throws X, StoreUnavailableException {
        reader.<Integer, X>read(connection -> {
            try (PreparedStatement statement = prepare(connection, query);
                    ResultSet rows = statement.executeQuery()) {
                int given = 0;
                while (rows.next()) {
                    given++;
                    sink.accept(InventoryColumns.read(rows));
                }
                return given;
            }
        });
    }

    private static PreparedStatement prepare(Connection connection, EventQuery query) throws SQLException {
        SqlCondition condition = SqlCompiler.compile(query.filter(), InventoryColumns::of);
        String order = query.newestFirst()
                ? " AND r.object_id < ? ORDER BY r.object_id DESC LIMIT ?"
                : " AND r.object_id > ? ORDER BY r.object_id LIMIT ?";
        PreparedStatement statement =
                connection.prepareStatement(InventoryColumns.SELECT + " WHERE " + condition.sql() + order);
        statement.setFetchSize(FETCHED_AT_ONCE);
        int parameter = 1;
        for (Object value : condition.parameters()) {
            statement.setObject(parameter++, value);
        }
        statement.setLong(parameter++, query.after());
        statement.setInt(parameter, query.limit());
        return statement;
    }

    @Override
    public List<InventoryListRow> lists() throws StoreUnavailableException {
        return reader.<List<InventoryListRow>, RuntimeException>read(connection -> {
            List<InventoryListRow> lists = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(LISTS);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lists.add(new InventoryListRow(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getLong(5),
                            rows.getObject(6, OffsetDateTime.class).toInstant(),
                            InventoryColumns.instant(rows, 7),
                            InventoryColumns.instant(rows, 8)));
                }
            }
            return lists;
        });
    }

    @Override
    public Map<String, Workload> workloads(String cluster, Collection<String> podUids)
            throws StoreUnavailableException {
        if (podUids.isEmpty()) {
            return Map.of();
        }
        return reader.<Map<String, Workload>, RuntimeException>read(connection -> {
            Map<String, Workload> workloads = new HashMap<>();
            try (PreparedStatement statement = connection.prepareStatement(WORKLOADS)) {
                statement.setString(1, cluster);
                statement.setArray(2, connection.createArrayOf("text", podUids.toArray(String[]::new)));
                statement.setString(3, cluster);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        workloads.put(
                                rows.getString(1),
                                new Workload(
                                        rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5)));
                    }
                }
            }
            return workloads;
        });
    }
}
