/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.defender.protocol.v1.Capability;
import dev.defender.protocol.v1.Condition;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.Health;
import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.protocol.wire.RecordHeader;
import dev.defender.publisher.health.HealthServer;
import dev.defender.publisher.support.Delivered;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.ScriptedBackend;
import dev.defender.publisher.support.ScriptedBackend.Answer;
import dev.defender.publisher.support.TestPki;
import dev.defender.publisher.support.TestProducer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
    @Test
    void theSensorsHealthAndOurOwnAreOnOnePage(@TempDir Path directory) throws Exception {
        TestPki pki = new TestPki();
        Home home = new Home(directory, pki);
        List<String> options = home.options("https://localhost:1");
        options.remove("--health=off");
        options.add("--health=127.0.0.1:0");
        try (LocalNode node = new LocalNode(options)) {
            node.awaitLine("health http://");
            String base = node.output().replaceAll("(?s).*health (http://\\S+).*", "$1");
            try (TestProducer producer = new TestProducer(home.socket())) {
                producer.greet("sensor", 7, 1, 1);
                producer.send(Frame.RECORDS, Lanes.URGENT, 1, health());
                producer.awaitAck(Lanes.URGENT, 1);
            }
            assertThat(get(base + "/readyz")).isEqualTo("200 ready\n");
            assertThat(get(base + "/other")).startsWith("404");
            node.awaitLine("BackendUnreachable");
            JsonNode health = new ObjectMapper().readTree(get(base + "/healthz").substring("200 ".length()));
            assertThat(health.get("node").asText()).isEqualTo("node-1");
            assertThat(health.get("ready").asBoolean()).isTrue();
            JsonNode unreachable = health.at("/conditions/0");
            assertThat(unreachable.get("type").asText()).isEqualTo("BackendUnreachable");
            assertThat(unreachable.get("status").asBoolean()).isTrue();
            assertThat(unreachable.get("reason").asText()).isEqualTo("Enrolment");
            assertThat(unreachable.get("message").asText()).contains("localhost port 1");
            assertThat(health.at("/producers/0/producer").asText()).isEqualTo("sensor");
            assertThat(health.at("/producers/0/conditions/0/reason").asText()).isEqualTo("\"Attached\"\n\\");
            assertThat(get(base + "/metrics"))
                    .contains("defender_producer_capability{producer=\"sensor\",name=\"exec\",hook=\"tp_btf/x\"} 1\n")
                    .contains(
                            "defender_producer_condition{producer=\"sensor\",type=\"Ready\",reason=\"\\\"Attached\\\"\\n\\\\\"} 1\n")
                    .contains(
                            "defender_publisher_durable_sequence{lane=\"urgent\",producer=\"sensor\",epoch=\"7\"} 1\n")
                    .contains("defender_publisher_condition{type=\"BackendUnreachable\"");
        }
    }

    @Test
    void aProbeIsAnsweredBeforeThereIsAnythingToTell() throws Exception {
        try (HealthServer server = HealthServer.open(new InetSocketAddress("127.0.0.1", 0))) {
            Thread.ofVirtual().start(server);
            String base = "http://127.0.0.1:" + server.port();
            assertThat(get(base + "/healthz")).isEqualTo("200 {\"ready\":false,\"conditions\":[],\"producers\":[]}\n");
            assertThat(get(base + "/readyz")).isEqualTo("503 starting\n");
            assertThat(get(base + "/metrics")).isEqualTo("200 ");
        }
    }

    @Test
    void aConditionIsARecordOfThePublishersOwn(@TempDir Path directory) throws Exception {
        TestPki pki = new TestPki();
        Home home = new Home(directory, pki);
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            backend.token("another");
            try (LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
                node.awaitLine("CredentialsInvalid");
                backend.token(ScriptedBackend.TOKEN);
                await().until(() -> healths(backend).size() >= 2);
                Health health = healths(backend).get(1);
                assertThat(health.getComponent()).isEqualTo("publisher");
                assertThat(health.getTimeBootNs()).isPositive();
                assertThat(health.getConditionsList())
                        .anySatisfy(condition -> assertThat(condition.getType()).isEqualTo("CredentialsInvalid"));
            }
        }
    }

    @Test
    void aBatchSaysWhenItWasSentAndTheOwnStreamHowFarItIs(@TempDir Path directory) throws Exception {
        TestPki pki = new TestPki();
        Home home = new Home(directory, pki);
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            backend.answerNext(Answer.of(503), Answer.of(503), Answer.of(503));
            long[] refusedAt = new long[1];
            backend.decide(_ -> {
                refusedAt[0] = System.currentTimeMillis();
                return null;
            });
            try (LocalNode node = new LocalNode(home.options(backend.endpoint()))) {
                await().until(() -> backend.items("publisher", Lanes.URGENT).size() >= 2);
                assertThat(node.output()).doesNotContain("BackendRefuses");
                var header = backend.delivered().getFirst().header();
                long written = header.getClocks(0).getRealtimeNs();
                long sent = header.getClocks(header.getClocksCount() - 1).getRealtimeNs();
                // Three pauses lie between, however short: it is the last attempt's time, not the record's.
                assertThat(sent).isGreaterThan(written);
                assertThat(sent / 1_000_000).isLessThanOrEqualTo(refusedAt[0]);
                Cut cut = Cut.parseFrom(backend.items("publisher", Lanes.URGENT).stream()
                        .filter(item -> item.recordClass() == RecordClasses.CUT)
                        .findFirst()
                        .orElseThrow()
                        .body());
                assertThat(cut.getProducer()).isEqualTo("publisher");
                assertThat(cut.getFinal()).isFalse();
                assertThat(cut.getLastSequenceList()).containsExactly(0L, 0L);
            }
        }
    }

    private static List<Health> healths(ScriptedBackend backend) throws Exception {
        List<Health> healths = new ArrayList<>();
        for (Delivered.Item item : backend.items("publisher", Lanes.URGENT)) {
            if (item.recordClass() == RecordClasses.HEALTH) {
                healths.add(Health.parseFrom(item.body()));
            }
        }
        return healths;
    }

    private static byte[] health() {
        byte[] body = Health.newBuilder()
                .setComponent("sensor")
                .addCapabilities(Capability.newBuilder()
                        .setName("exec")
                        .setHook("tp_btf/x")
                        .setActive(true))
                .addConditions(
                        Condition.newBuilder().setType("Ready").setStatus(true).setReason("\"Attached\"\n\\"))
                .build()
                .toByteArray();
        ByteBuffer record =
                ByteBuffer.allocate(RecordHeader.BYTES + body.length).order(ByteOrder.LITTLE_ENDIAN);
        RecordHeader.write(record, 0, Lanes.URGENT, RecordClasses.HEALTH, body.length, 1);
        return record.put(RecordHeader.BYTES, body).array();
    }

    private static String get(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        }
    }
}
