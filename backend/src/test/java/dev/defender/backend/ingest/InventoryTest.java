/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import dev.defender.backend.database.Database;
import dev.defender.backend.database.SharedDatabase;
import dev.defender.backend.filter.FilterParser;
import dev.defender.backend.store.EventQuery;
import dev.defender.backend.store.InventoryListRow;
import dev.defender.backend.store.InventoryRow;
import dev.defender.backend.store.Workload;
import dev.defender.protocol.v1.InventoryList;
import dev.defender.protocol.v1.InventoryObject;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.ListPhase;
import dev.defender.protocol.v1.ObjectChange;
import dev.defender.protocol.v1.ObjectOwner;
import dev.defender.protocol.v1.PresentObject;
import dev.defender.protocol.v1.RecordClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class InventoryTest {
    private final Database database = SharedDatabase.get();
    private final Node node = Node.fresh();
    private long sequence;

    @Test
    void aListThatCameWholeSaysWhatIsGone() throws Exception {
        tell(begin(1), listed("a", 5, 1), listed("b", 6, 1), end(1, 10, 2));
        assertThat(states()).isEqualTo(Map.of("a", "5", "b", "6"));

        tell(begin(2), present("a", 2), end(2, 20, 1));
        assertThat(states()).isEqualTo(Map.of("a", "5", "b", "gone"));
        assertThat(list().state()).isEqualTo("complete");
    }

    @Test
    void aListOfWhichSomethingIsMissingDeletesNothing() throws Exception {
        tell(begin(1), listed("a", 5, 1), listed("b", 6, 1), end(1, 10, 2));

        tell(begin(2), present("a", 2), end(2, 20, 2));
        assertThat(list().state()).isEqualTo("partial");
        assertThat(list().reason()).isEqualTo("1 of 2 objects of the list are known here");
        InventoryList broken = InventoryList.newBuilder()
                .setPhase(ListPhase.LIST_PHASE_END)
                .setResource("pods")
                .setList(3)
                .setReason("status 410: expired")
                .build();
        tell(begin(3), broken);
        assertThat(list().state()).isEqualTo("partial");
        assertThat(states()).isEqualTo(Map.of("a", "5", "b", "6"));
    }

    @Test
    void aListDoesNotDeleteWhatIsNewerThanIt() throws Exception {
        tell(begin(1), listed("a", 5, 1), end(1, 10, 1));
        tell(change(ObjectChange.OBJECT_CHANGE_ADDED, "b", 30));
        tell(begin(2), present("a", 2), end(2, 20, 1));
        assertThat(states()).isEqualTo(Map.of("a", "5", "b", "30"));
    }

    /** Two nodes' spools deliver when they can: what holds is what is newest, and gone is gone. */
    @RepeatedTest(20)
    void theOrderInWhichReportsArriveDoesNotMatter(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        List<InventoryObject> reports = new ArrayList<>(List.of(
                change(ObjectChange.OBJECT_CHANGE_ADDED, "a", 3),
                change(ObjectChange.OBJECT_CHANGE_MODIFIED, "a", 8),
                change(ObjectChange.OBJECT_CHANGE_MODIFIED, "a", 9),
                change(ObjectChange.OBJECT_CHANGE_ADDED, "b", 4),
                change(ObjectChange.OBJECT_CHANGE_DELETED, "b", 6),
                change(ObjectChange.OBJECT_CHANGE_MODIFIED, "b", 5)));
        Collections.shuffle(reports, random);
        Node other = new Node(node.cluster(), UUID.randomUUID().toString(), 77);
        long otherSequence = 0;
        for (InventoryObject report : reports) {
            if (random.nextBoolean()) {
                tell(report);
            } else {
                append(other, List.of(new Node.Body(++otherSequence, RecordClass.RECORD_CLASS_INVENTORY, report)));
            }
        }
        assertThat(states()).isEqualTo(Map.of("a", "9", "b", "gone"));
    }

    @Test
    void aPodsWorkloadIsTheLastOfItsOwners() throws Exception {
        tell(
                owned("pods", "Pod", "p1", "ReplicaSet", "web-1", "r1"),
                owned("replicasets.apps", "ReplicaSet", "r1", "Deployment", "web", "d1"),
                owned("pods", "Pod", "p2", "Job", "unknown-job", "j1"),
                owned("pods", "Pod", "p3", "Node", "node-1", "n1"));
        Map<String, Workload> workloads = database.inventoryStore()
                .workloads(node.cluster(), List.of(uid("p1"), uid("p2"), uid("p3"), uid("p4")));
        assertThat(workloads)
                .isEqualTo(Map.of(
                        uid("p1"), new Workload("Deployment", "default", "web", uid("d1")),
                        uid("p2"), new Workload("Job", "default", "unknown-job", uid("j1")),
                        uid("p3"), new Workload("Pod", "default", "p3", uid("p3"))));
    }

    @Test
    void objectsAreFoundByWhatTheyAre() throws Exception {
        InventoryObject pod = change(ObjectChange.OBJECT_CHANGE_ADDED, "a", 5).toBuilder()
                .setData(ByteString.copyFromUtf8("{\"spec\":{\"nodeName\":\"n1\",\"serviceAccountName\":\"s\","
                        + "\"containers\":[{\"image\":\"nginx:1\\u0000\"}]}}"))
                .build();
        tell(pod, change(ObjectChange.OBJECT_CHANGE_ADDED, "b", 5));
        assertThat(names("node = n1 and service_account = s and image contains nginx and kind = Pod"))
                .containsExactly("a");
        assertThat(names("state = deleted")).isEmpty();
    }

    @Test
    void whatIsNoJsonIsAnObjectAllTheSame() throws Exception {
        tell(change(ObjectChange.OBJECT_CHANGE_ADDED, "a", 5).toBuilder()
                .setData(ByteString.copyFrom(new byte[] {(byte) 0xFF, '{'}))
                .build());
        assertThat(states()).isEqualTo(Map.of("a", "5"));
    }

    private void tell(MessageLite... messages) throws Exception {
        List<Node.Body> bodies = new ArrayList<>();
        for (MessageLite message : messages) {
            RecordClass recordClass = message instanceof InventoryList
                    ? RecordClass.RECORD_CLASS_INVENTORY_LIST
                    : RecordClass.RECORD_CLASS_INVENTORY;
            bodies.add(new Node.Body(++sequence, recordClass, message));
        }
        append(node, bodies);
    }

    private void append(Node from, List<Node.Body> bodies) throws Exception {
        database.eventLog().append(from.batch(Lane.LANE_BULK, bodies), Instant.ofEpochSecond(0, Node.REAL_NS));
    }

    /** Of each object by name: its resource version, or that it is gone. */
    private Map<String, String> states() throws Exception {
        Map<String, String> states = new TreeMap<>();
        for (InventoryRow row : rows("")) {
            states.put(row.name(), row.deletedAt() == null ? Long.toString(row.resourceVersion()) : "gone");
        }
        return states;
    }

    private List<String> names(String filter) throws Exception {
        return rows(filter).stream().map(InventoryRow::name).toList();
    }

    private List<InventoryRow> rows(String filter) throws Exception {
        String whole = "cluster = " + node.cluster() + (filter.isEmpty() ? "" : " and " + filter);
        List<InventoryRow> rows = new ArrayList<>();
        database.inventoryStore()
                .<RuntimeException>objects(
                        new EventQuery(FilterParser.objects(whole), 0, 100, false), row -> rows.add(row));
        return rows;
    }

    private InventoryListRow list() throws Exception {
        return database.inventoryStore().lists().stream()
                .filter(row -> row.cluster().equals(node.cluster()))
                .findFirst()
                .orElseThrow();
    }

    private static String uid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }

    private static InventoryObject change(ObjectChange change, String name, long version) {
        return InventoryObject.newBuilder()
                .setChange(change)
                .setResource("pods")
                .setApiVersion("v1")
                .setKind("Pod")
                .setNamespace("default")
                .setName(name)
                .setUid(uid(name))
                .setResourceVersion(Long.toString(version))
                .setHash(version)
                .setData(ByteString.copyFromUtf8("{}"))
                .build();
    }

    private static InventoryObject listed(String name, long version, long list) {
        return change(ObjectChange.OBJECT_CHANGE_LISTED, name, version).toBuilder()
                .setList(list)
                .build();
    }

    private static InventoryObject owned(
            String resource, String kind, String name, String ownerKind, String ownerName, String owner) {
        return change(ObjectChange.OBJECT_CHANGE_ADDED, name, 1).toBuilder()
                .setResource(resource)
                .setKind(kind)
                .setOwner(ObjectOwner.newBuilder()
                        .setKind(ownerKind)
                        .setName(ownerName)
                        .setUid(uid(owner)))
                .build();
    }

    private static InventoryList begin(long list) {
        return InventoryList.newBuilder()
                .setPhase(ListPhase.LIST_PHASE_BEGIN)
                .setResource("pods")
                .setList(list)
                .build();
    }

    private static InventoryList present(String name, long list) {
        UUID uid = UUID.fromString(uid(name));
        return InventoryList.newBuilder()
                .setPhase(ListPhase.LIST_PHASE_PRESENT)
                .setResource("pods")
                .setList(list)
                .addPresent(PresentObject.newBuilder()
                        .setUidHigh(uid.getMostSignificantBits())
                        .setUidLow(uid.getLeastSignificantBits()))
                .build();
    }

    private static InventoryList end(long list, long version, long count) {
        return InventoryList.newBuilder()
                .setPhase(ListPhase.LIST_PHASE_END)
                .setResource("pods")
                .setList(list)
                .setResourceVersion(Long.toString(version))
                .setCount(count)
                .setComplete(true)
                .build();
    }
}
