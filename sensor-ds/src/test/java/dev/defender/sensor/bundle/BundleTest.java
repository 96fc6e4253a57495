/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles as each runtime lays them out, found and read. */
class BundleTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String SANDBOX = "fedcba9876543210".repeat(4);
    private static final String POD = "11111111-2222-3333-4444-555555555555";
    private static final Map<String, String> CONTAINERD = Map.of(
            "io.kubernetes.cri.container-name", "web",
            "io.kubernetes.cri.container-type", "container",
            "io.kubernetes.cri.image-name", "docker.io/library/nginx:1.25",
            "io.kubernetes.cri.sandbox-id", SANDBOX,
            "io.kubernetes.cri.sandbox-name", "web-1",
            "io.kubernetes.cri.sandbox-namespace", "shop",
            "io.kubernetes.cri.sandbox-uid", POD);

    @TempDir
    private Path host;

    private NodeContainers node;

    @BeforeEach
    void open() {
        node = new NodeContainers(new BundleDirectories(host.resolve("run"), host.resolve("snap")));
    }

    private ContainerFacts found(String id) {
        ContainerFacts facts = node.find(id);
        if (facts == null) {
            throw new AssertionError("no bundle of " + id);
        }
        return facts;
    }

    private void bundle(String directory, Map<String, String> annotations) throws IOException {
        StringBuilder json =
                new StringBuilder("{\"ociVersion\": \"1.2.0\", \"process\": {\"env\": [\"PASSWORD=\\\"}x\"],"
                        + " \"user\": {\"uid\": 0}, \"noNewPrivileges\": false}, \"annotations\": {");
        String separator = "";
        for (Map.Entry<String, String> annotation : annotations.entrySet()) {
            String value = annotation.getValue().replace("\"", "\\\"");
            json.append(separator).append('"' + annotation.getKey() + "\": \"" + value + "\"");
            separator = ", ";
        }
        write(
                directory,
                json.append("}, \"linux\": {\"resources\": {\"devices\": [{\"allow\": false}]}}}\n")
                        .toString());
    }

    private void write(String directory, String text) throws IOException {
        Path place = Files.createDirectories(host.resolve(directory));
        Files.writeString(place.resolve("config.json"), text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run/containerd/io.containerd.runtime.v2.task/k8s.io/",
                "run/containerd/io.containerd.runtime.v2.task/other/",
                "run/k3s/containerd/io.containerd.runtime.v2.task/k8s.io/",
                "snap/microk8s/common/run/containerd/io.containerd.runtime.v2.task/k8s.io/"
            })
    void containerdAndItsRelatives(String place) throws IOException {
        bundle(place + ID, CONTAINERD);
        ContainerFacts facts = found(ID);
        assertThat(facts)
                .isEqualTo(new ContainerFacts(
                        "containerd",
                        false,
                        "web",
                        "docker.io/library/nginx:1.25",
                        "",
                        SANDBOX,
                        "web-1",
                        "shop",
                        POD,
                        Map.of(),
                        false));
        assertThat(facts.full()).isTrue();
    }

    @Test
    void criOTellsTheLabelsOfThePodInTheSandboxsBundle() throws IOException {
        Map<String, String> common = Map.of(
                "io.kubernetes.pod.name",
                "web-1",
                "io.kubernetes.pod.namespace",
                "shop",
                "io.kubernetes.pod.uid",
                POD,
                "io.kubernetes.cri-o.SandboxID",
                SANDBOX);
        Map<String, String> container = new java.util.HashMap<>(common);
        container.put("io.kubernetes.cri-o.ContainerType", "container");
        container.put("io.kubernetes.container.name", "web");
        container.put("io.kubernetes.cri-o.ImageName", "quay.io/shop/web:2");
        container.put("io.kubernetes.cri-o.ImageRef", "quay.io/shop/web@sha256:" + "ab".repeat(32));
        Map<String, String> sandbox = new java.util.HashMap<>(common);
        sandbox.put("io.kubernetes.cri-o.ContainerType", "sandbox");
        sandbox.put("io.kubernetes.container.name", "POD");
        sandbox.put(
                "io.kubernetes.cri-o.Labels",
                "{\"app\":\"web\",\"io.kubernetes.pod.name\":\"web-1\",\"note\":\"a \\u00e9\"}");
        bundle("run/containers/storage/overlay-containers/" + ID + "/userdata", container);
        bundle("run/containers/storage/overlay-containers/" + SANDBOX + "/userdata", sandbox);

        ContainerFacts facts = found(ID);
        assertThat(facts.runtime()).isEqualTo("cri-o");
        assertThat(facts.name()).isEqualTo("web");
        assertThat(facts.image()).isEqualTo("quay.io/shop/web:2");
        assertThat(facts.imageDigest()).isEqualTo("sha256:" + "ab".repeat(32));
        assertThat(facts.podName()).isEqualTo("web-1");
        assertThat(facts.full()).isTrue();
        assertThat(facts.labelsComplete()).isTrue();
        assertThat(facts.labels()).hasSize(2).containsEntry("app", "web").containsKey("note");
        assertThat(found(SANDBOX).full()).isTrue();
        assertThat(found(SANDBOX).name()).isEmpty();
    }

    @Test
    void dockerTellsNeitherNameNorImageInItsBundle() throws IOException {
        bundle("run/docker/containerd/daemon/io.containerd.runtime.v2.task/moby/" + ID, Map.of());
        ContainerFacts facts = found(ID);
        assertThat(facts.runtime()).isEqualTo("docker");
        assertThat(facts.full()).isFalse();
        assertThat(facts.inPod()).isFalse();
    }

    @Test
    void whatWasReadStaysKnownUntilTheContainerIsForgotten() throws IOException {
        String place = "run/containerd/io.containerd.runtime.v2.task/k8s.io/" + ID;
        bundle(place, CONTAINERD);
        node.find(ID);
        Files.delete(host.resolve(place).resolve("config.json"));
        assertThat(found(ID).podName()).isEqualTo("web-1");
        node.forget(ID);
        assertThat(node.find(ID)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"annotations\": {\"a\": ",
                "{\"annotations\" {}}",
                "{\"a\": \"\\u12\"}",
                "{\"a\": \"\\x\"}",
                "{\"a\": ]}"
            })
    void aFileThatIsNotWholeIsAskedForAgain(String text) throws IOException {
        String place = "run/containerd/io.containerd.runtime.v2.task/k8s.io/" + ID;
        write(place, text);
        assertThat(node.find(ID)).isNull();
        assertThat(node.unreadable()).isOne();
        bundle(place, CONTAINERD);
        assertThat(node.find(ID)).isNotNull();
    }

    @Test
    void aFileOfMoreThanAMebibyteIsNotUsed() throws IOException {
        write(
                "run/containerd/io.containerd.runtime.v2.task/k8s.io/" + ID,
                "{\"x\": \"" + "y".repeat(1 << 20) + "\", \"annotations\": {}}");
        assertThat(node.find(ID)).isNull();
        assertThat(node.unreadable()).isOne();
    }

    @Test
    void aSandboxIdThatIsNoIdIsNoPath() throws IOException {
        Map<String, String> sly = new java.util.HashMap<>(CONTAINERD);
        sly.put("io.kubernetes.cri.sandbox-id", "../../../../etc");
        bundle("run/containerd/io.containerd.runtime.v2.task/k8s.io/" + ID, sly);
        assertThat(found(ID).full()).isTrue();
    }

    @Test
    void directoriesThatAreThereAreNamed() throws IOException {
        BundleDirectories directories = new BundleDirectories(host.resolve("run"), host.resolve("snap"));
        assertThat(directories.present()).isEmpty();
        bundle("run/k3s/containerd/io.containerd.runtime.v2.task/k8s.io/" + ID, CONTAINERD);
        assertThat(directories.present()).singleElement().asString().contains("run/k3s");
    }

    @Test
    void factsSurviveACapture() {
        ContainerFacts facts = new ContainerFacts(
                "cri-o", true, "", "i", "sha256:x", "", "p", "n", "u", Map.of("a", "b=c", "d", ""), true);
        assertThat(FactsText.parse(FactsText.format(facts))).isEqualTo(facts);
    }
}
