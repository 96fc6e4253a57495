/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.defender.backend.store.AlertRow;
import dev.defender.backend.store.EventRow;
import dev.defender.backend.store.InventoryStore;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.backend.store.Workload;
import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.DetectionFinding;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.wire.RecordClasses;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds to the pods of events and alerts what they belong to, from the inventory as it is now. */
final class WorkloadJoin {
    private final InventoryStore inventory;

    WorkloadJoin(InventoryStore inventory) {
        this.inventory = inventory;
    }

    /** The same rows in the same order. */
    List<EventRow> events(List<EventRow> rows) throws StoreUnavailableException {
        Lookup lookup = new Lookup();
        for (EventRow row : rows) {
            lookup.want(row.cluster(), pod(row));
        }
        lookup.run(inventory);
        return lookup.empty()
                ? rows
                : rows.stream().map(row -> event(row, lookup)).toList();
    }

    /** The same rows in the same order. */
    List<AlertRow> alerts(List<AlertRow> rows) throws StoreUnavailableException {
        Lookup lookup = new Lookup();
        for (AlertRow row : rows) {
            lookup.want(row.event().cluster(), pod(row.event()));
            lookup.want(row.event().cluster(), pod(late(row)));
        }
        lookup.run(inventory);
        return lookup.empty()
                ? rows
                : rows.stream().map(row -> alert(row, lookup)).toList();
    }

    private static AlertRow alert(AlertRow row, Lookup lookup) {
        Container late = late(row);
        Workload workload = lookup.find(row.event().cluster(), pod(late));
        byte @Nullable [] container =
                workload == null ? row.lateContainer() : with(late, workload).toByteArray();
        return new AlertRow(row.alertUid(), row.status(), row.version(), event(row.event(), lookup), container);
    }

    private static Container late(AlertRow row) {
        byte[] late = row.lateContainer();
        try {
            return late == null ? Container.getDefaultInstance() : Container.parseFrom(late);
        } catch (InvalidProtocolBufferException e) {
            return Container.getDefaultInstance();
        }
    }

    private static String pod(Container container) {
        return container.getPod().getUid();
    }

    private static Container with(Container container, Workload workload) {
        Container.Builder joined = container.toBuilder();
        joined.getPodBuilder()
                .setWorkload(dev.defender.protocol.v1.Workload.newBuilder()
                        .setKind(workload.kind())
                        .setName(workload.name()));
        return joined.build();
    }

    private static String pod(EventRow row) {
        Event event = subject(row);
        return event == null ? "" : pod(event.getContainer());
    }

    /** What happened: the event, or a detection's trigger; null for what is neither. */
    private static @Nullable Event subject(EventRow row) {
        try {
            return row.recordClass() == RecordClasses.DETECTION
                    ? DetectionFinding.parseFrom(row.body()).getTrigger()
                    : Event.parseFrom(row.body());
        } catch (InvalidProtocolBufferException e) {
            // A record of a later version; it is passed on as it is.
            return null;
        }
    }

    private static EventRow event(EventRow row, Lookup lookup) {
        Event event = subject(row);
        Workload workload = event == null ? null : lookup.find(row.cluster(), pod(event.getContainer()));
        if (event == null || workload == null) {
            return row;
        }
        Event joined = event.toBuilder()
                .setContainer(with(event.getContainer(), workload))
                .build();
        return row.withBody(body(row, joined));
    }

    private static byte[] body(EventRow row, Event event) {
        if (row.recordClass() != RecordClasses.DETECTION) {
            return event.toByteArray();
        }
        try {
            return DetectionFinding.parseFrom(row.body()).toBuilder()
                    .setTrigger(event)
                    .build()
                    .toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a finding that was read can no longer be read", e);
        }
    }

    /** Workloads of some pods of some clusters. */
    private static final class Lookup {
        private final Map<String, Set<String>> wanted = new HashMap<>();
        private final Map<String, Map<String, Workload>> found = new HashMap<>();

        void want(String cluster, String pod) {
            if (!pod.isEmpty()) {
                wanted.computeIfAbsent(cluster, c -> new HashSet<>()).add(pod);
            }
        }

        void run(InventoryStore inventory) throws StoreUnavailableException {
            for (Map.Entry<String, Set<String>> cluster : wanted.entrySet()) {
                found.put(cluster.getKey(), inventory.workloads(cluster.getKey(), cluster.getValue()));
            }
        }

        boolean empty() {
            return found.values().stream().allMatch(Map::isEmpty);
        }

        @Nullable
        Workload find(String cluster, String pod) {
            return found.getOrDefault(cluster, Map.of()).get(pod);
        }
    }
}
