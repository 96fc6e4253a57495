/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every cluster must give, whichever it is. */
@Tag("cluster")
class ClusterTest {
    private static @Nullable Cluster opened;
    private static @Nullable Probe probe;

    @BeforeAll
    static void open() throws Exception {
        Optional<String> absent = Clusters.absent();
        assumeTrue(absent.isEmpty(), () -> absent.orElse(""));
        opened = Clusters.open();
        probe = Probe.in(opened);
    }

    @AfterAll
    static void close() throws Exception {
        if (opened != null) {
            opened.tools().kubectl("delete", "namespace", "probe", "--wait=false");
            opened.close();
        }
    }

    @Test
    void aPodRunsAndItsLogIsRead() throws Exception {
        assertThat(kubectl("--namespace=probe", "logs", "pod/server")).contains("serving on :8080");
    }

    @Test
    void aServiceIsReachedByItsName() throws Exception {
        assertThat(probe().run("fetch", "http://server.probe.svc.cluster.local"))
                .isEqualTo("hello from the server");
        assertThat(probe().run("fetch", "http://server")).isEqualTo("hello from the server");
    }

    @Test
    void theApiServerIsReachedFromAPod() throws Exception {
        assertThat(probe().run("lookup", "kubernetes.default.svc")).isNotEmpty();
    }

    @Test
    void aVolumeIsBoundAndWritable() throws Exception {
        probe().run("write", "/data/kept", "kept text");
        assertThat(probe().run("read", "/data/kept")).isEqualTo("kept text");
    }

    /** SYS_ADMIN and SYS_PTRACE; SYS_RESOURCE where the machine has it to give. */
    @Test
    void theSensorsCapabilitiesAreGiven() throws Exception {
        long effective = Long.parseLong(
                probe().run("status")
                        .lines()
                        .filter(line -> line.startsWith("CapEff:"))
                        .map(line -> line.substring("CapEff:".length()).strip())
                        .findFirst()
                        .orElseThrow(),
                16);
        assertThat(effective & ~(1L << 24)).isEqualTo(1L << 21 | 1L << 19);
    }

    /** What a pod writes to a hostPath lies on the node; a test that nothing is left there looks with nodeExec. */
    @Test
    void theNodesFoldersAreSeenFromOutside() throws Exception {
        probe().run("write", "/host/library/trace", "left");
        assertThat(cluster().nodeExec("cat", "/var/lib/defender/probe/trace").orThrow())
                .isEqualTo("left");
    }

    @Test
    void helmSpeaksWithTheCluster() throws Exception {
        assertThat(cluster()
                        .tools()
                        .helm("list", "--all-namespaces", "--output=json")
                        .orThrow())
                .isEqualTo("[]");
    }

    @Test
    void aPodReachesAServerOfThisMachine() throws Exception {
        Optional<String> machine = cluster().machine();
        assumeTrue(machine.isPresent(), () -> cluster().description() + " gives this machine no address");
        HttpServer server = HttpServer.create(new InetSocketAddress(0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("here".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            String url = "http://" + machine.get() + ":" + server.getAddress().getPort();
            assertThat(probe().run("fetch", url)).isEqualTo("here");
        } finally {
            server.stop(0);
        }
    }

    private static String kubectl(String... arguments) throws IOException, InterruptedException {
        return cluster().tools().kubectl(arguments).orThrow();
    }

    private static Cluster cluster() {
        if (opened == null) {
            throw new IllegalStateException("no cluster was opened");
        }
        return opened;
    }

    private static Probe probe() {
        if (probe == null) {
            throw new IllegalStateException("no probe was started");
        }
        return probe;
    }
}
