/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.backend.filter.Field;
import dev.defender.backend.filter.Rows;
import dev.defender.backend.testbed.Answer;
import dev.defender.backend.testbed.BatchBytes;
import dev.defender.backend.testbed.Client;
import dev.defender.backend.testbed.SampleRows;
import dev.defender.backend.testbed.TestService;
import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.ContextState;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.CutRow;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Health;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.wire.RecordClasses;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From enrolment over TLS into a real PostgreSQL and out of the API again. */
class WholePathTest {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final String nodeName = "node-" + UUID.randomUUID();
    private TestService service;
    private Client api;
    private Client node;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        service = TestService.onSharedDatabase(data);
        api = service.anonymous();
        node = service.enrolled(nodeName);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
        api.close();
        service.close();
    }

    @Test
    void an_event_and_an_alert_come_out_as_they_went_in() throws Exception {
        accept(bulk().record(RecordClasses.EXEC, SampleRows.exec().toByteArray()));
        accept(urgent().record(
                        RecordClasses.DETECTION,
                        SampleRows.finding(RecordClass.RECORD_CLASS_EXEC, SampleRows.exec())
                                .toByteArray()));
        JsonNode exec = items("events", mine() + " and class = exec").path(0);
        assertThat(exec.path("class_uid").asInt()).isEqualTo(1007);
        assertThat(exec.at("/process/cmd_line").asText()).startsWith("sh -c \"id\"");
        assertThat(exec.at("/actor/process/name").asText()).isEqualTo("bash");
        assertThat(exec.at("/defender/time_boot_ns").asLong()).isEqualTo(SampleRows.BOOT_NS);
        assertThat(exec.at("/defender/node").asText()).isEqualTo(nodeName);
        assertThat(get("/api/v1/events/" + exec.at("/defender/position").asText())
                        .json())
                .isEqualTo(exec);

        assertThat(exec.at("/container/image/tag").asText()).isEqualTo("1.25");
        assertThat(exec.at("/container/pod_uuid").asText()).isEqualTo("11111111-2222-3333-4444-555555555555");
        assertThat(exec.at("/defender/context").asText()).isEqualTo("full");
        assertThat(exec.at("/defender/pod/namespace").asText()).isEqualTo("shop");
        assertThat(exec.at("/defender/pod/labels/app").asText()).isEqualTo("web");
        assertThat(exec.at("/defender/pod/workload/kind").asText()).isEqualTo("Deployment");

        JsonNode alert = items("alerts", mine() + " and severity >= high and namespace = shop")
                .path(0);
        assertThat(alert.at("/container/name").asText()).isEqualTo("web");
        assertThat(alert.at("/defender/alert_type").asText()).isEqualTo("K8S.NODE_Test");
        assertThat(alert.at("/process/name").asText()).isEqualTo("sh");
        assertThat(alert.at("/defender/ancestors").findValuesAsText("name")).contains("bash", "sshd");
        assertThat(get("/api/v1/alerts/" + alert.at("/defender/alert_uid").asText())
                        .json())
                .isEqualTo(alert);
    }

    @Test
    void an_alert_that_came_before_its_pod_was_known_takes_it_from_a_later_event() throws Exception {
        Event early = SampleRows.exec().toBuilder()
                .setContainer(Container.newBuilder()
                        .setUid(SampleRows.CONTAINER)
                        .setContext(ContextState.CONTEXT_STATE_MISSING))
                .build();
        accept(urgent().record(
                        RecordClasses.DETECTION,
                        SampleRows.finding(RecordClass.RECORD_CLASS_EXEC, early).toByteArray()));
        JsonNode before = items("alerts", mine() + " and context = missing").path(0);
        assertThat(before.at("/defender/context").asText()).isEqualTo("missing");
        assertThat(before.at("/defender/pod").isMissingNode()).isTrue();
        assertThat(items("alerts", mine() + " and namespace = shop")).isEmpty();

        accept(bulk().record(RecordClasses.EXEC, SampleRows.exec().toByteArray()));
        JsonNode after = items("alerts", mine() + " and context = late and namespace = shop")
                .path(0);
        assertThat(after.at("/defender/context").asText()).isEqualTo("late");
        assertThat(after.at("/defender/pod/name").asText()).isEqualTo("web-1");
        assertThat(after.at("/container/image/name").asText()).contains("shop/web");
        assertThat(items("alerts", mine() + " and context = missing")).isEmpty();
    }

    @Test
    void a_batch_sent_again_changes_nothing() throws Exception {
        byte[] batch = bulk().record(RecordClasses.EXEC, SampleRows.exec().toByteArray())
                .compressed();
        assertThat(node.postBatch(batch).json().path("stored").asInt()).isEqualTo(1);
        Answer again = node.postBatch(batch);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("duplicates").asInt()).isEqualTo(1);
        assertThat(items("events", mine())).hasSize(1);
    }

    @Test
    void a_body_that_is_no_event_is_a_bad_batch() throws Exception {
        Answer answer = node.postBatch(bulk().record(RecordClasses.EXEC, new byte[] {(byte) 0xff, 1, 2})
                .compressed());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.problem()).isEqualTo("bad-batch");
    }

    @Test
    void a_jump_of_sequences_is_forbidden() throws Exception {
        accept(bulk().record(RecordClasses.EXEC, SampleRows.exec().toByteArray()));
        Answer answer = node.postBatch(bulk().from(1L << 50)
                .record(RecordClasses.EXEC, SampleRows.exec().toByteArray())
                .compressed());
        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void ledger_and_health_say_how_the_node_is() throws Exception {
        accept(bulk().record(RecordClasses.EXEC, SampleRows.exec().toByteArray()));
        Cut cut = Cut.newBuilder()
                .setProducer("sensor")
                .setBootId(bulk().header().getBootId())
                .setEpoch(bulk().header().getEpoch())
                .addLastSequence(1)
                .addLastSequence(2)
                .addRows(CutRow.newBuilder()
                        .setRecordClass(RecordClass.RECORD_CLASS_EXEC)
                        .setLedgerRow(3)
                        .setCaptured(1))
                .setFinal(true)
                .build();
        accept(urgent().record(RecordClasses.CUT, cut.toByteArray())
                .record(
                        RecordClasses.HEALTH,
                        Health.newBuilder()
                                .setComponent("sensor")
                                .setRuleSet("9f3c")
                                .build()
                                .toByteArray()));
        JsonNode stream =
                get("/api/v1/ledger?node=" + nodeName).json().path("items").path(0);
        assertThat(stream.path("closes").asBoolean()).isTrue();
        assertThat(stream.at("/lines/0/delivered").asLong()).isEqualTo(1);
        JsonNode sensors = get("/api/v1/sensors").json().path("items");
        JsonNode mine = IntStream.range(0, sensors.size())
                .mapToObj(sensors::get)
                .filter(sensor -> sensor.path("node").asText().equals(nodeName))
                .findFirst()
                .orElseThrow();
        assertThat(mine.at("/producers/0/health/rule_set").asText()).isEqualTo("9f3c");
    }

    @Test
    void filters_choose_the_rows_that_they_describe() throws Exception {
        accept(bulk().record(RecordClasses.EXEC, SampleRows.exec().toByteArray())
                .record(RecordClasses.CONNECT, SampleRows.network(LOOPBACK).toByteArray())
                .record(RecordClasses.OPEN, SampleRows.open(false, -13).toByteArray()));
        assertChosen("", 1, 2, 3);
        assertChosen("class = exec", 1);
        assertChosen("class in (exec, open)", 1, 3);
        assertChosen("not class = exec", 2, 3);
        assertChosen("dst.port = 3333", 2);
        assertChosen("dst.port != 3333", 1, 3);
        assertChosen("dst.port > 3333");
        assertChosen("dst.ip = 127.0.0.0/8", 2);
        assertChosen("dst.ip = ::1");
        assertChosen("file.path startswith /etc/", 3);
        assertChosen("file.path contains shadow or dst.port >= 3333", 2, 3);
        assertChosen("(class = exec or class = open) and file.path = /etc/shadow", 3);
        assertChosen("process.name = sh", 1, 2, 3);
        assertChosen("process.name < si and process.name > sg", 1, 2, 3);
        assertChosen("process.cmd_line contains '\"id\"'", 1, 2, 3);
        assertChosen("container = " + SampleRows.CONTAINER + " and sequence >= 2", 2, 3);
        assertChosen("namespace = shop and pod startswith web- and container.name = web", 1, 2, 3);
        assertChosen("image contains shop/web and context in (full, late)", 1, 2, 3);
        assertChosen("context = missing");
        assertChosen("namespace = kube-system");
        assertChosen("time >= 2000-01-01T00:00:00Z and received < 2999-01-01T00:00:00Z", 1, 2, 3);
        assertChosen("node = 'x' or process.name = \"'; DROP TABLE event; --\"");
        assertChosen("process.name = \"' OR '1'='1\"");
        assertChosen("process.name contains '%'");
        assertChosen("", 1, 2, 3);
    }

    @Test
    void every_field_takes_every_operator_that_its_type_has() throws Exception {
        Map<String, Rows> lists = Map.of("events", Rows.EVENT, "alerts", Rows.ALERT, "inventory", Rows.OBJECT);
        for (String list : lists.keySet()) {
            for (Field field : Field.values()) {
                if (!field.of(lists.getOrDefault(list, Rows.EVENT))) {
                    continue;
                }
                String value = switch (field.type()) {
                    case TEXT -> "x";
                    case INTEGER -> "1";
                    case TIME -> "2026-11-25T12:00:00Z";
                    case ADDRESS -> "10.0.0.0/8";
                    case RECORD_CLASS -> "exec";
                    case CONTEXT -> "full";
                    case SEVERITY -> "high";
                };
                for (dev.defender.backend.filter.Operator operator : dev.defender.backend.filter.Operator.values()) {
                    if (field.type().takes(operator)) {
                        String written =
                                operator == dev.defender.backend.filter.Operator.IN ? "(" + value + ")" : value;
                        items(list, field.fieldName() + " " + operator.symbol() + " " + written + " and node = none");
                    }
                }
            }
        }
    }

    @Test
    void a_cursor_misses_nothing_and_repeats_nothing_while_nodes_write() throws Exception {
        int writers = 4;
        int batches = 25;
        int perBatch = 10;
        List<Client> nodes = new ArrayList<>();
        String prefix = "writer-" + UUID.randomUUID();
        for (int i = 0; i < writers; i++) {
            nodes.add(service.enrolled(prefix + "-" + i));
        }
        List<Long> seen = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                int writer = i;
                running.add(executor.submit(() -> {
                    for (int b = 0; b < batches; b++) {
                        BatchBytes batch = BatchBytes.of(service.cluster(), prefix + "-" + writer)
                                .from(1 + (long) b * perBatch);
                        for (int r = 0; r < perBatch; r++) {
                            batch.record(RecordClasses.EXEC, SampleRows.exec().toByteArray());
                        }
                        assertThat(nodes.get(writer)
                                        .postBatch(batch.compressed())
                                        .status())
                                .isEqualTo(202);
                    }
                    return null;
                }));
            }
            String filter = encode("node startswith " + prefix);
            String cursor = "0";
            boolean over;
            do {
                // Asked before the page is: what was committed by then must be in it.
                over = running.stream().allMatch(Future::isDone);
                int count;
                do {
                    JsonNode page = get("/api/v1/events?limit=37&q=" + filter + "&after=" + cursor)
                            .json();
                    count = page.path("items").size();
                    page.path("items")
                            .forEach(item ->
                                    seen.add(item.at("/defender/position").asLong()));
                    cursor = page.path("next").asText();
                } while (count > 0);
            } while (!over);
            for (Future<?> future : running) {
                future.get();
            }
        }
        nodes.forEach(Client::close);
        assertThat(seen).hasSize(writers * batches * perBatch).isSorted().doesNotHaveDuplicates();
        List<Long> back = new ArrayList<>();
        String cursor = "";
        int count;
        do {
            JsonNode page = get("/api/v1/events?order=newest&limit=300&q=" + encode("node startswith " + prefix)
                            + cursor)
                    .json();
            count = page.path("items").size();
            page.path("items")
                    .forEach(item -> back.add(item.at("/defender/position").asLong()));
            cursor = "&after=" + page.path("next").asText();
        } while (count > 0);
        assertThat(back.reversed()).isEqualTo(seen);
    }

    private BatchBytes bulk() {
        return BatchBytes.of(service.cluster(), nodeName);
    }

    private BatchBytes urgent() {
        BatchBytes batch = bulk();
        batch.header().setLane(Lane.LANE_URGENT);
        return batch;
    }

    private void accept(BatchBytes batch) throws Exception {
        Answer answer = node.postBatch(batch.compressed());
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    private String mine() {
        return "node = " + nodeName;
    }

    private void assertChosen(String filter, long... sequences) throws Exception {
        JsonNode items = items("events", mine() + (filter.isEmpty() ? "" : " and (" + filter + ")"));
        long[] chosen = LongStream.range(0, items.size())
                .map(i -> items.path((int) i).at("/defender/sequence").asLong())
                .toArray();
        assertThat(chosen).as(filter).containsExactly(sequences);
    }

    private JsonNode items(String list, String filter) throws Exception {
        Answer answer = get("/api/v1/" + list + "?q=" + encode(filter));
        assertThat(answer.status()).as(filter + ": " + answer.body()).isEqualTo(200);
        return answer.json().path("items");
    }

    private Answer get(String path) throws Exception {
        return api.get(path, service.token("viewer"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
