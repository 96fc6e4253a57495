/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.e2e.apiserver.ApiServer;
import dev.defender.e2e.apiserver.InventoryStack;
import dev.defender.e2e.apiserver.KubeApi;
import dev.defender.e2e.apiserver.SampleCluster;
import dev.defender.e2e.process.Running;
import dev.defender.e2e.stack.Api;
import dev.defender.e2e.stack.Capabilities;
import dev.defender.misc.keep.Catalogue;
import dev.defender.misc.keep.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * The whole way on a real API server: after the start, after churn and after each fault the backend's inventory is what the
 * API server says. The steps build on each other: what one leaves behind is the next one's past.
 */
@Tag("faults")
@NullUnmarked
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterInventoryTest {
    private static final Path TREE = Path.of("..").toAbsolutePath().normalize();
    private static final String ACCOUNT = "microsoft-defender-misc";
    private static final int PODS = 600;

    private ApiServer apiServer;
    private KubeApi cluster;
    private Proxy proxy;
    private InventoryStack stack;
    private Api backend;
    private Comparison comparison;
    private Running misc;

    @BeforeAll
    void start() throws Exception {
        assumeTrue(
                Capabilities.current().uid() == 0, "needs root, to give programs the users that they have on a node");
        long pid = ProcessHandle.current().pid();
        try {
            apiServer =
                    ApiServer.start(TREE, Path.of(System.getProperty("java.io.tmpdir"), "defender-inventory-" + pid));
        } catch (ApiServer.Unavailable e) {
            assumeTrue(false, e.getMessage());
        }
        apiServer.kubectl("create", "--filename=" + role());
        cluster = new KubeApi(apiServer.uri(), apiServer.ca(), apiServer.account("loader", "cluster-admin"));
        SampleCluster.fill(cluster, PODS);
        apiServer.kubectl("create", "--filename=src/test/resources/inventory/one-of-each.yaml");
        String token = apiServer.account(ACCOUNT, "defender-collector-misc");
        proxy = new Proxy(apiServer.uri());
        stack = new InventoryStack(TREE, "inventory-" + pid, proxy.uri(), apiServer.ca(), token);
        backend = stack.api();
        comparison = new Comparison(cluster, backend);
        misc = stack.startMisc(null);
        misc.awaitLine("misc: ready ", Duration.ofSeconds(60));
    }

    /** The chart's rules as a ClusterRole. */
    private Path role() throws Exception {
        String rules = Files.readString(TREE.resolve("charts/defender-for-containers/files/rbac/collector-misc.yaml"));
        return Files.writeString(
                apiServer.state().resolve("role.yaml"),
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: defender-collector-misc}\nrules:\n"
                        + rules);
    }

    @AfterAll
    void stop() throws Exception {
        if (stack != null) {
            stack.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        if (apiServer != null) {
            apiServer.close();
        }
    }

    @Test
    @Order(1)
    void afterTheStartTheInventoryIsTheClusters() throws Exception {
        comparison.awaitEqual();
        JsonNode server = backend.get("/api/v1/inventory?q=" + Api.encode("kind = APIServer"));
        assertThat(server.at("/items/0/resources/0/data/version/gitVersion").asText())
                .startsWith("v1.");
    }

    @Test
    @Order(2)
    void afterChurnToo() throws Exception {
        for (int i = 0; i < 300; i++) {
            switch (i % 3) {
                case 0 -> cluster.label(SampleCluster.pod(i), Map.of("round", "r" + i));
                case 1 -> cluster.delete(SampleCluster.pod(i));
                default -> cluster.create(SampleCluster.around(PODS + i));
            }
        }
        comparison.awaitEqual();
    }

    @Test
    @Order(3)
    void afterTheApiServerWasAwayToo() throws Exception {
        proxy.refuse();
        for (int i = 300; i < 340; i++) {
            cluster.delete(SampleCluster.pod(i));
        }
        proxy.serve();
        comparison.awaitEqual();
    }

    /** Bytes run out in the middle of lists and of watch events. */
    @Test
    @Order(4)
    void connectionsThatAreCutAnywhereDeleteNothingAndInventNothing() throws Exception {
        for (long bytes : new long[] {3_000, 20_000, 150_000, 700_000}) {
            proxy.cutAfter(bytes);
            proxy.cut();
            for (int i = 0; i < 20; i++) {
                cluster.label(SampleCluster.pod(342 + i), Map.of("cut", "after-" + bytes));
            }
            // As many objects as before: a list that broke off takes none away.
            assertThat(comparison.known("services")).hasSameSizeAs(cluster.list("/api/v1/services"));
        }
        proxy.serve();
        comparison.awaitEqual();
    }

    @Test
    @Order(5)
    void afterThePublisherWasKilledToo() throws Exception {
        stack.killPublisher();
        for (int i = 380; i < 420; i++) {
            cluster.delete(SampleCluster.pod(i));
            cluster.label(SampleCluster.pod(i + 60), Map.of("while", "away"));
        }
        stack.restartPublisher();
        comparison.awaitEqual();
    }

    @Test
    @Order(6)
    void afterItWasKilledOrRolledOutInTheMiddleOfListsToo() throws Exception {
        for (int kill = 0; kill < 3; kill++) {
            if (kill == 1) {
                // Before it listens to signals a stop is a kill.
                misc.awaitLine("misc: publisher at", Duration.ofSeconds(20));
                assertThat(misc.stop()).as("exit status of a roll-out").isZero();
            } else {
                misc.kill();
            }
            cluster.delete(SampleCluster.pod(500 + kill));
            misc = stack.startMisc(null);
            // Long enough for lists to have begun, too short for all of them.
            Thread.sleep(400 + 300L * kill);
        }
        misc.kill();
        misc = stack.startMisc(null);
        comparison.awaitEqual();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode streams = backend.get("/api/v1/ledger?producer=misc").path("items");
            assertThat(streams).anyMatch(stream -> stream.path("unknown").asBoolean());
        });
    }

    @Test
    @Order(7)
    void whatIsLargeComesAsFarAsItFits() throws Exception {
        StringBuilder labels = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            labels.append(i == 0 ? "" : ",")
                    .append("\"label-")
                    .append(i)
                    .append("\":\"")
                    .append("v".repeat(50))
                    .append('"');
        }
        com.fasterxml.jackson.databind.ObjectMapper json = new com.fasterxml.jackson.databind.ObjectMapper();
        JsonNode pod = SampleCluster.around(2001).getFirst().object();
        ((com.fasterxml.jackson.databind.node.ObjectNode) pod.path("metadata"))
                .set("labels", json.readTree("{" + labels + "}"));
        cluster.create(List.of(new KubeApi.Creation("/api/v1/namespaces/team-0/pods", pod)));
        JsonNode role =
                json.readTree("{\"metadata\":{\"name\":\"huge\"},\"rules\":[{\"apiGroups\":[\"\"],\"verbs\":[\"get\"],"
                        + "\"resources\":[" + "\"" + "r".repeat(1_350_000) + "\"]}]}");
        cluster.create(List.of(new KubeApi.Creation("/apis/rbac.authorization.k8s.io/v1/clusterroles", role)));
        for (String filter :
                List.of("kind = Pod and name = " + pod.at("/metadata/name").asText(), "name = huge")) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                JsonNode found =
                        backend.get("/api/v1/inventory?q=" + Api.encode(filter)).path("items");
                assertThat(found).hasSize(1);
                assertThat(found.get(0).at("/defender/omitted").asInt()).isPositive();
            });
        }
    }

    @Test
    @Order(8)
    void nothingSecretHasLeftTheCluster() throws Exception {
        assertThat(comparison.known("pods")).isNotEmpty();
        String after = "0";
        for (JsonNode page = page(after); !page.path("items").isEmpty(); page = page(after)) {
            assertThat(page.toString()).doesNotContain("c4nary");
            after = page.path("next").asText();
        }
    }

    private JsonNode page(String after) throws Exception {
        return backend.get("/api/v1/inventory?limit=500&after=" + after);
    }

    /** Last: it looks at everything that was asked for. */
    @Test
    @Order(9)
    void itAskedForNothingButListsAndWatchesOfItsResources() throws Exception {
        TreeSet<String> allowed = new TreeSet<>(List.of("get /version"));
        for (Resource resource : Catalogue.load().resources()) {
            allowed.add("list " + resource.id());
            allowed.add("watch " + resource.id());
        }
        assertThat(new TreeSet<>(apiServer.audited(ACCOUNT)))
                .isSubsetOf(allowed)
                .contains("list pods", "watch pods");
    }
}
