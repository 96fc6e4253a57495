/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.backend.filter.Field;
import dev.defender.backend.store.LaneMark;
import dev.defender.backend.store.LedgerLine;
import dev.defender.backend.store.LossLine;
import dev.defender.backend.store.ProducerStatus;
import dev.defender.backend.store.StreamLedger;
import dev.defender.backend.testbed.Answer;
import dev.defender.backend.testbed.BatchBytes;
import dev.defender.backend.testbed.Client;
import dev.defender.backend.testbed.NodeKey;
import dev.defender.backend.testbed.SampleRows;
import dev.defender.backend.testbed.TestService;
import dev.defender.protocol.v1.Accuracy;
import dev.defender.protocol.v1.Capability;
import dev.defender.protocol.v1.Condition;
import dev.defender.protocol.v1.Counter;
import dev.defender.protocol.v1.Health;
import dev.defender.protocol.v1.LossReason;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.wire.RecordClasses;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server and its description are the same thing, in both directions. */
class OpenApiTest {
    private TestService service;
    private Client anonymous;
    private OpenApi document;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        service = TestService.start(data);
        anonymous = service.anonymous();
        document = new OpenApi();
    }

    @AfterEach
    void stop() throws Exception {
        anonymous.close();
        service.close();
    }

    @Test
    void every_route_is_described_and_every_description_is_routed() {
        Set<String> routes = service.routes().stream()
                .map(route -> route.method() + " " + route.template())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(routes).isEqualTo(document.operations());
    }

    @Test
    void every_field_of_the_filter_language_is_described() {
        for (Field field : Field.values()) {
            assertThat(document.filterDescription()).contains("`" + field.fieldName() + "`");
        }
    }

    @Test
    void every_answer_is_as_described_and_everything_described_is_answered() throws Exception {
        fill();
        reads();
        administration();
        new ClusterOperations(service, anonymous, document).check();
        nodes();
        assertThat(document.faults()).isEmpty();
        assertThat(document.unseen()).isEmpty();
    }

    private void fill() {
        byte[] v6 = new byte[16];
        byte[] exec = SampleRows.exec().toByteArray();
        service.memory.events.addAll(List.of(
                SampleRows.row(1, RecordClasses.EXEC, exec),
                SampleRows.row(2, RecordClasses.FORK, exec),
                SampleRows.row(3, RecordClasses.EXIT, exec),
                SampleRows.row(4, RecordClasses.CONNECT, SampleRows.network(v6).toByteArray()),
                SampleRows.row(5, RecordClasses.ACCEPT, SampleRows.network(v6).toByteArray()),
                SampleRows.row(6, RecordClasses.LISTEN, SampleRows.network(v6).toByteArray()),
                SampleRows.row(7, RecordClasses.OPEN, SampleRows.open(true, 3).toByteArray()),
                SampleRows.row(
                        8, RecordClasses.OPEN, SampleRows.open(false, -13).toByteArray()),
                SampleRows.row(9, 99, new byte[] {1, 2, 3})));
        service.memory.alerts.addAll(List.of(
                SampleRows.alert(10, RecordClass.RECORD_CLASS_EXEC, SampleRows.exec()),
                SampleRows.alert(11, RecordClass.RECORD_CLASS_EXIT, SampleRows.exec()),
                SampleRows.alert(12, RecordClass.RECORD_CLASS_CONNECT, SampleRows.network(v6)),
                SampleRows.alert(13, RecordClass.RECORD_CLASS_OPEN, SampleRows.open(false, -13))));
        service.memory.ledgers.add(new StreamLedger(
                service.cluster(),
                "node-1",
                "boot",
                "sensor",
                1,
                true,
                false,
                true,
                SampleRows.TIME,
                List.of(new LaneMark(0, 5, 5)),
                List.of(new LedgerLine(RecordClasses.EXEC, 1, SampleRows.CONTAINER, 10, 7, 2, 1, 0)),
                List.of(new LossLine(
                        RecordClasses.EXEC,
                        SampleRows.CONTAINER,
                        LossReason.LOSS_REASON_RING_FULL_VALUE,
                        Accuracy.ACCURACY_EXACT_VALUE,
                        1,
                        "sensor",
                        "",
                        1,
                        2))));
        for (boolean gone : new boolean[] {false, true}) {
            service.memory.objects.add(SampleRows.object(service.cluster(), gone));
            service.memory.lists.add(SampleRows.list(service.cluster(), !gone));
        }
        Health health = Health.newBuilder()
                .setComponent("sensor")
                .addCapabilities(Capability.newBuilder().setName("exec").setActive(true))
                .addConditions(Condition.newBuilder().setType("Ready").setStatus(true))
                .addCounters(Counter.newBuilder().setName("ring_lost_total").setValue(1))
                .build();
        service.memory.producers.add(new ProducerStatus(
                service.cluster(),
                "node-1",
                "boot",
                "sensor",
                1,
                SampleRows.TIME,
                5L,
                1,
                health.toByteArray(),
                SampleRows.TIME));
    }

    private void reads() throws Exception {
        String viewer = service.token("viewer");
        String alert = service.memory.alerts.getFirst().alertUid();
        try (Client node = service.enrolled("node-1")) {
            assertThat(node).isNotNull();
        }
        get("/api/v1/events", "/api/v1/events", viewer, 200);
        get("/api/v1/events", "/api/v1/events?q=x", viewer, 400);
        get("/api/v1/events/{position}", "/api/v1/events/1", viewer, 200);
        get("/api/v1/events/{position}", "/api/v1/events/1?x=1", viewer, 400);
        get("/api/v1/events/{position}", "/api/v1/events/77", viewer, 404);
        get("/api/v1/alerts", "/api/v1/alerts", viewer, 200);
        get("/api/v1/alerts", "/api/v1/alerts?order=x", viewer, 400);
        get("/api/v1/alerts/{alert_uid}", "/api/v1/alerts/" + alert, viewer, 200);
        get("/api/v1/alerts/{alert_uid}", "/api/v1/alerts/" + alert + "?x=1", viewer, 400);
        get("/api/v1/alerts/{alert_uid}", "/api/v1/alerts/00", viewer, 404);
        get("/api/v1/ledger", "/api/v1/ledger", viewer, 200);
        get("/api/v1/ledger", "/api/v1/ledger?epoch=x", viewer, 400);
        get("/api/v1/inventory", "/api/v1/inventory", viewer, 200);
        get("/api/v1/inventory", "/api/v1/inventory?q=pid%20%3D%201", viewer, 400);
        get("/api/v1/inventory/lists", "/api/v1/inventory/lists", viewer, 200);
        get("/api/v1/inventory/lists", "/api/v1/inventory/lists?x=1", viewer, 400);
        get("/api/v1/me", "/api/v1/me", viewer, 200);
        get("/api/v1/me", "/api/v1/me?x=1", viewer, 400);
        get("/api/v1/sensors", "/api/v1/sensors?x=1", viewer, 400);
        get("/api/v1/openapi.yaml", "/api/v1/openapi.yaml", null, 200);
        get("/healthz", "/healthz", null, 200);
        get("/readyz", "/readyz", null, 200);
        get("/metrics", "/metrics", viewer, 200);
        for (String path : List.of("events", "alerts", "ledger", "inventory", "inventory/lists", "me", "sensors")) {
            get("/api/v1/" + path, "/api/v1/" + path, null, 401);
        }
        get("/api/v1/events/{position}", "/api/v1/events/1", null, 401);
        get("/api/v1/alerts/{alert_uid}", "/api/v1/alerts/" + alert, null, 401);
        get("/metrics", "/metrics", null, 401);
        service.memory.available(false);
        for (String path : List.of("events", "alerts", "ledger", "inventory", "inventory/lists", "sensors")) {
            get("/api/v1/" + path, "/api/v1/" + path, viewer, 503);
        }
        get("/api/v1/events/{position}", "/api/v1/events/1", viewer, 503);
        get("/api/v1/alerts/{alert_uid}", "/api/v1/alerts/" + alert, viewer, 503);
        get("/readyz", "/readyz", null, 503);
        service.memory.available(true);
    }

    private void administration() throws Exception {
        String admin = service.token("admin");
        String viewer = service.token("viewer");
        String tokens = "/api/v1/clusters/{cluster}/enrolment-tokens";
        String tokensAt = tokens.replace("{cluster}", service.cluster());
        Answer minted = anonymous.postJson(tokensAt, admin, "{\"valid_hours\":1}");
        document.check("POST " + tokens, 201, minted);
        String id = tokensAt + "/" + minted.json().path("id").asText();
        post(tokens, tokensAt, admin, "{\"valid_hours\":0}", 400);
        post(tokens, tokensAt, null, "{}", 401);
        post(tokens, tokensAt, viewer, "{}", 403);
        post(tokens, tokensAt.replace(service.cluster(), "x"), admin, "{\"valid_hours\":1}", 404);
        post(tokens, tokensAt, admin, "{\"valid_hours\":" + " ".repeat(2000) + "1}", 413);
        document.check(
                "POST " + tokens,
                415,
                anonymous.send(anonymous.request(tokensAt, admin).POST(BodyPublishers.ofString("{}"))));
        get(tokens, tokensAt, admin, 200);
        get(tokens, tokensAt + "?x=1", admin, 400);
        get(tokens, tokensAt, null, 401);
        get(tokens, tokensAt, viewer, 403);
        get("/api/v1/audit", "/api/v1/audit?limit=2", admin, 200);
        get("/api/v1/audit", "/api/v1/audit?limit=x", admin, 400);
        get("/api/v1/audit", "/api/v1/audit", null, 401);
        get("/api/v1/audit", "/api/v1/audit", viewer, 403);

        String revocation = "/api/v1/clusters/{cluster}/nodes/{node}/revocation";
        String revocationAt = revocation.replace("{cluster}", service.cluster()).replace("{node}", "node-1");
        change("DELETE", tokens + "/{id}", id, admin, viewer, tokensAt + "/none");
        change("PUT", revocation, revocationAt, admin, viewer, revocationAt.replace("node-1", "none"));
        get("/api/v1/sensors", "/api/v1/sensors", viewer, 200);
        change("DELETE", revocation, revocationAt, admin, viewer, revocationAt.replace("node-1", "none"));
        service.identityStore.available(false);
        get("/api/v1/audit", "/api/v1/audit", admin, 503);
        post(tokens, tokensAt, admin, "{\"valid_hours\":1}", 503);
        service.identityStore.available(true);
    }

    private void change(String method, String template, String path, String admin, String viewer, String absent)
            throws Exception {
        String operation = method + " " + template;
        document.check(operation, 401, send(method, path, null));
        document.check(operation, 403, send(method, path, viewer));
        document.check(operation, 404, send(method, absent, admin));
        document.check(operation, 400, send(method, path + "?x=1", admin));
        service.identityStore.available(false);
        document.check(operation, 503, send(method, path, admin));
        service.identityStore.available(true);
        document.check(operation, 204, send(method, path, admin));
    }

    private Answer send(String method, String path, @Nullable String token) throws Exception {
        return method.equals("PUT") ? anonymous.put(path, token) : anonymous.delete(path, token);
    }

    private void nodes() throws Exception {
        String enrol = "/ingest/v1/enroll";
        String token = service.token("enrolment");
        NodeKey key = NodeKey.generate();
        Answer grant = anonymous.postJson(enrol, token, key.request("node-2"));
        document.check("POST " + enrol, 200, grant);
        try (Client node =
                service.withCertificate(key, grant.json().path("certificate").asText())) {
            certificates(node, enrol, token);
            batches(node);
            service.identities.clusters();
            send("PUT", "/api/v1/clusters/" + service.cluster() + "/nodes/node-2/revocation", service.token("admin"));
            post(enrol, enrol, token, key.request("node-2"), 403);
        }
    }

    private void certificates(Client node, String enrol, String token) throws Exception {
        String renew = "POST /ingest/v1/renew";
        String next = NodeKey.generate().request("node-2");
        for (String path : List.of("/ingest/v1/enroll", "/ingest/v1/renew")) {
            String operation = "POST " + path;
            document.check(operation, 400, node.postJson(path, token, "{}"));
            document.check(operation, 401, anonymous.postJson(path, null, "{}"));
            document.check(operation, 413, node.postJson(path, token, " ".repeat(10_000)));
            document.check(operation, 415, node.send(node.request(path, token).POST(BodyPublishers.ofString("{}"))));
            service.identityStore.available(false);
            document.check(operation, 503, node.postJson(path, token, next));
            service.identityStore.available(true);
        }
        document.check(renew, 200, node.postJson("/ingest/v1/renew", null, next));
        document.check(
                renew,
                403,
                node.postJson("/ingest/v1/renew", null, NodeKey.generate().request("x")));
        assertThat(enrol).isNotEmpty();
    }

    private void batches(Client node) throws Exception {
        String batches = "POST /ingest/v1/batches";
        byte[] batch = BatchBytes.of(service.cluster(), "node-2")
                .record(1, new byte[0])
                .compressed();
        document.check(batches, 202, node.postBatch(batch));
        document.check(batches, 400, node.postBatch(new byte[] {1, 2, 3}));
        document.check(batches, 401, anonymous.postBatch(batch));
        document.check(
                batches,
                403,
                node.postBatch(BatchBytes.of(service.cluster(), "node-3")
                        .record(1, new byte[0])
                        .compressed()));
        document.check(batches, 413, node.postBatch(new byte[3 << 20]));
        document.check(
                batches,
                415,
                node.send(node.request("/ingest/v1/batches", null)
                        .header("Defender-Protocol", "1")
                        .POST(BodyPublishers.ofByteArray(batch))));
        document.check(
                batches,
                426,
                node.send(node.request("/ingest/v1/batches", null).POST(BodyPublishers.ofByteArray(batch))));
        service.log.available(false);
        document.check(batches, 503, node.postBatch(batch));
        service.log.available(true);
    }

    private void get(String template, String path, @Nullable String token, int status) throws Exception {
        document.check("GET " + template, status, anonymous.get(path, token));
    }

    private void post(String template, String path, @Nullable String token, String body, int status) throws Exception {
        document.check("POST " + template, status, anonymous.postJson(path, token, body));
    }
}
