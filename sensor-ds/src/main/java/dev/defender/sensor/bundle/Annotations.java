/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.bundle;

import java.util.Map;
import java.util.TreeMap;

/** The annotations by which CRI's runtimes tell what a container is. */
final class Annotations {
    private static final String CONTAINERD = "io.kubernetes.cri.";
    private static final String CRIO = "io.kubernetes.cri-o.";
    private static final String SANDBOX = "sandbox";

    private final Map<String, String> values;

    Annotations(Map<String, String> values) {
        this.values = values;
    }

    /** @param runtime in whose directory the bundle was found */
    ContainerFacts facts(String runtime) {
        return values.containsKey(CRIO + "ContainerType") ? crio() : containerd(runtime);
    }

    private ContainerFacts containerd(String runtime) {
        boolean sandbox = get(CONTAINERD + "container-type").equals(SANDBOX);
        String image = get(CONTAINERD + "image-name");
        return new ContainerFacts(
                runtime,
                sandbox,
                get(CONTAINERD + "container-name"),
                image.isEmpty() && sandbox ? get(CONTAINERD + "podsandbox.image-name") : image,
                "",
                get(CONTAINERD + "sandbox-id"),
                get(CONTAINERD + "sandbox-name"),
                get(CONTAINERD + "sandbox-namespace"),
                get(CONTAINERD + "sandbox-uid"),
                Map.of(),
                false);
    }

    private ContainerFacts crio() {
        boolean sandbox = get(CRIO + "ContainerType").equals(SANDBOX);
        String reference = get(CRIO + "ImageRef");
        int digest = reference.indexOf("@sha256:");
        return new ContainerFacts(
                "cri-o",
                sandbox,
                sandbox ? "" : get("io.kubernetes.container.name"),
                get(CRIO + "ImageName"),
                digest < 0 ? "" : reference.substring(digest + 1),
                get(CRIO + "SandboxID"),
                get("io.kubernetes.pod.name"),
                get("io.kubernetes.pod.namespace"),
                get("io.kubernetes.pod.uid"),
                sandbox ? labels(get(CRIO + "Labels")) : Map.of(),
                sandbox);
    }

    private String get(String key) {
        return values.getOrDefault(key, "");
    }

    /** Labels of a sandbox are the pod's and some of the kubelet's; the value of the annotation is JSON itself. */
    private static Map<String, String> labels(String json) {
        Map<String, String> labels = new TreeMap<>();
        try {
            BundleFile.strings(new JsonReader(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)), labels);
        } catch (MalformedJsonException none) {
            return Map.of();
        }
        return ContainerFacts.labelsOfPod(labels);
    }
}
