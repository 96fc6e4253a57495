/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.ContextState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The table {@code container_context}. Containers of committed transactions are remembered. For the writer's thread. */
final class ContainerContexts {
    private static final int REMEMBERED = 100_000;
    private static final String INSERT = "INSERT INTO container_context (cluster, node, uid, pod_uid, "
            + "container_name, image, namespace, pod, received, body) "
            + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private final Map<Key, Boolean> committed = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<Key, Entry> fresh = new HashMap<>();

    private record Key(String cluster, String node, String uid) {}

    private record Entry(Container container, OffsetDateTime received) {}

    /** Keeps a container of which all is known. */
    static void keep(Container container, Map<String, Container> containers) {
        boolean full = container.getContext() == ContextState.CONTEXT_STATE_FULL
                || container.getContext() == ContextState.CONTEXT_STATE_LATE;
        if (full) {
            containers.putIfAbsent(container.getUid(), container);
        }
    }

    void add(StreamKey stream, Map<String, Container> containers, OffsetDateTime received) {
        containers.forEach((uid, container) -> {
            Key key = new Key(stream.cluster(), stream.node(), uid);
            if (!committed.containsKey(key)) {
                fresh.putIfAbsent(key, new Entry(container, received));
            }
        });
    }

    void write(Connection connection) throws SQLException {
        if (fresh.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            for (Map.Entry<Key, Entry> one : fresh.entrySet()) {
                Container container = one.getValue().container();
                Place place = Place.of(container);
                statement.setString(1, one.getKey().cluster());
                statement.setString(2, one.getKey().node());
                statement.setString(3, CopyBuffer.withoutNul(one.getKey().uid()));
                statement.setString(4, CopyBuffer.withoutNul(container.getPod().getUid()));
                statement.setString(5, place.name());
                statement.setString(6, place.image());
                statement.setString(7, place.namespace());
                statement.setString(8, place.pod());
                statement.setObject(9, one.getValue().received());
                statement.setBytes(10, container.toByteArray());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void committed() {
        fresh.keySet().forEach(key -> committed.put(key, true));
        fresh.clear();
    }

    void rolledBack() {
        fresh.clear();
    }
}
