/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.protocol.v1.InventoryList;
import dev.defender.protocol.v1.ListPhase;
import dev.defender.protocol.v1.ObjectChange;
import dev.defender.protocol.v1.PresentObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What one transaction says about Kubernetes objects, in the order in which it came. Objects are written many at a time; a
 * list's end looks at what the list named, so everything before it is written first.
 */
final class Inventory {
    private final List<Told> told = new ArrayList<>();

    /** @param list null for an object */
    private record Told(
            long streamId,
            String cluster,
            OffsetDateTime received,
            @org.jspecify.annotations.Nullable InventoryChange object,
            @org.jspecify.annotations.Nullable InventoryList list) {}

    void object(long streamId, String cluster, OffsetDateTime received, InventoryChange object) {
        told.add(new Told(streamId, cluster, received, object, null));
    }

    void list(long streamId, String cluster, OffsetDateTime received, InventoryList list) {
        told.add(new Told(streamId, cluster, received, null, list));
    }

    void write(Connection connection) throws SQLException {
        if (told.isEmpty()) {
            return;
        }
        try (InventoryObjectWriter objects = new InventoryObjectWriter(connection)) {
            InventoryListWriter lists = new InventoryListWriter(connection);
            for (Told each : told) {
                if (each.object() != null) {
                    object(objects, each, each.object());
                } else if (each.list() != null) {
                    list(objects, lists, each, each.list());
                }
            }
            objects.flush();
        }
    }

    private static void object(InventoryObjectWriter objects, Told each, InventoryChange change) throws SQLException {
        if (change.object().getChange() == ObjectChange.OBJECT_CHANGE_DELETED) {
            objects.deleted(each.cluster(), each.received(), change);
            return;
        }
        objects.reported(each.cluster(), each.received(), change);
        if (change.object().getList() != 0) {
            objects.named(
                    each.cluster(),
                    change.object().getUid(),
                    each.streamId(),
                    change.object().getList(),
                    each.received());
        }
    }

    private static void list(InventoryObjectWriter objects, InventoryListWriter lists, Told each, InventoryList list)
            throws SQLException {
        for (PresentObject present : list.getPresentList()) {
            String uid = new UUID(present.getUidHigh(), present.getUidLow()).toString();
            objects.named(each.cluster(), uid, each.streamId(), list.getList(), each.received());
        }
        if (list.getPhase() == ListPhase.LIST_PHASE_BEGIN) {
            lists.began(each.cluster(), list.getResource(), each.streamId(), list.getList(), each.received());
        } else if (list.getPhase() == ListPhase.LIST_PHASE_END) {
            objects.flush();
            lists.ended(each.cluster(), each.streamId(), each.received(), list);
        }
    }
}
