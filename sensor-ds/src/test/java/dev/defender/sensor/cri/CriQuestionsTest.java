/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.cri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.sensor.bundle.BundleDirectories;
import dev.defender.sensor.bundle.ContainerFacts;
import dev.defender.sensor.bundle.NodeContainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriQuestionsTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String SANDBOX = "fedcba9876543210".repeat(4);

    @TempDir
    private Path directory;

    private static byte[] message(java.util.function.Consumer<ProtoWriter> status) {
        byte[] room = new byte[64 * 1024];
        ProtoWriter body = new ProtoWriter().wrap(room, 0, room.length);
        int mark = body.begin(1);
        status.accept(body);
        body.end(mark);
        return Arrays.copyOf(room, body.length());
    }

    private static void label(ProtoWriter body, String key, String value) {
        int mark = body.begin(7);
        body.string(1, key);
        body.string(2, value);
        body.end(mark);
    }

    private static byte[] sandbox() {
        return message(body -> {
            body.string(1, SANDBOX);
            label(body, "app", "web");
            label(body, "io.kubernetes.pod.name", "web-1");
            label(body, "empty", "");
        });
    }

    private NodeContainers node() throws IOException {
        Path bundle = Files.createDirectories(directory
                .resolve("run/containerd/io.containerd.runtime.v2.task/k8s.io")
                .resolve(ID));
        Files.writeString(bundle.resolve("config.json"), """
                {"annotations": {"io.kubernetes.cri.container-name": "web",
                                 "io.kubernetes.cri.image-name": "shop/web:1",
                                 "io.kubernetes.cri.sandbox-id": "%s",
                                 "io.kubernetes.cri.sandbox-name": "web-1",
                                 "io.kubernetes.cri.sandbox-namespace": "shop",
                                 "io.kubernetes.cri.sandbox-uid": "11111111-2222-3333-4444-555555555555"}}
                """.formatted(SANDBOX));
        return new NodeContainers(new BundleDirectories(directory.resolve("run"), directory.resolve("snap")));
    }

    private static ContainerFacts found(NodeContainers node) {
        ContainerFacts facts = node.find(ID);
        if (facts == null) {
            throw new AssertionError("the bundle was not found");
        }
        return facts;
    }

    @Test
    void labelsAndDigestComeFromTheRuntime() throws IOException {
        try (FakeRuntime runtime = new FakeRuntime(directory.resolve("cri"))) {
            runtime.answer("PodSandboxStatus", sandbox())
                    .answer("ContainerStatus", message(body -> body.string(9, "shop/web@sha256:ab")));
            NodeContainers node = node();
            CriQuestions.about(node, directory.resolve("cri"));
            assertThat(found(node).full()).isTrue();

            Awaitility.await("the runtime's answer").until(() -> node.changes() == 1);
            assertThat(found(node).labels()).isEqualTo(Map.of("app", "web", "empty", ""));
            assertThat(found(node).labelsComplete()).isTrue();
            assertThat(found(node).imageDigest()).isEqualTo("sha256:ab");
        }
    }

    @Test
    void anIdOfAConfigurationIsNoDigestOfAnImage() throws IOException {
        try (FakeRuntime runtime = new FakeRuntime(directory.resolve("cri"))) {
            runtime.answer("PodSandboxStatus", sandbox())
                    .answer("ContainerStatus", message(body -> body.string(9, "sha256:ab")));
            ContainerFacts known = found(node());
            assertThat(new CriRuntime(directory.resolve("cri"))
                            .complete(ID, known)
                            .imageDigest())
                    .isEmpty();
        }
    }

    @Test
    void aRuntimeThatRefusesIsAskedAgain() throws IOException {
        try (FakeRuntime runtime = new FakeRuntime(directory.resolve("cri"))) {
            NodeContainers node = node();
            CriQuestions.about(node, directory.resolve("cri"));
            node.find(ID);
            Awaitility.await("a refusal").until(() -> runtime.calls() > 0);
            runtime.answer("PodSandboxStatus", sandbox()).answer("ContainerStatus", message(body -> {}));
            Awaitility.await("the second try").until(() -> node.changes() == 1);
        }
    }

    @Test
    void whatIsNoRuntimeIsAnError() throws IOException {
        ContainerFacts known = found(node());
        CriRuntime nobody = new CriRuntime(directory.resolve("nobody"));
        assertThatThrownBy(() -> nobody.complete(ID, known)).isInstanceOf(IOException.class);
    }
}
