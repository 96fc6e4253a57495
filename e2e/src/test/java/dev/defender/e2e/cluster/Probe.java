/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The pods of {@code probe.yaml} in a cluster, ready. */
final class Probe {
    private final Cluster cluster;

    private Probe(Cluster cluster) {
        this.cluster = cluster;
    }

    static Probe in(Cluster cluster) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("defender-probe-");
        Path archive = folder.resolve("probe.tar");
        try {
            Launcher.command().with("probe-image", archive.toString()).run().orThrow();
            cluster.load(List.of(archive));
        } finally {
            Files.deleteIfExists(archive);
            Files.delete(folder);
        }
        ClientTools tools = cluster.tools();
        tools.apply(manifest());
        tools.kubectl("--namespace=probe", "wait", "--for=condition=Ready", "pod/server", "--timeout=120s")
                .orThrow();
        tools.kubectl("--namespace=probe", "rollout", "status", "daemonset/agent", "--timeout=120s")
                .orThrow();
        return new Probe(cluster);
    }

    /** Runs the program of the image in the agent's pod. */
    String run(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("--namespace=probe", "exec", "daemonset/agent", "--", "/program"));
        line.addAll(List.of(arguments));
        return cluster.tools().kubectl(line.toArray(String[]::new)).orThrow();
    }

    private static String manifest() throws IOException {
        try (InputStream in = Objects.requireNonNull(Probe.class.getResourceAsStream("/cluster/probe.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
