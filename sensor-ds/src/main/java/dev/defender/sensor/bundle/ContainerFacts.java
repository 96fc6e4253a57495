/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.bundle;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a runtime says of one container. Texts are empty where it says nothing, and cut at {@value #MOST_CHARS} characters.
 *
 * @param runtime {@code containerd}, {@code cri-o} or {@code docker}
 * @param sandbox whether it is the pod's own container, which only holds its namespaces
 * @param name as the pod calls it
 * @param image reference
 * @param imageDigest {@code sha256:…}
 * @param sandboxId id of the pod's sandbox
 * @param labels of the pod, at most {@value #MOST_LABELS}
 * @param labelsComplete whether these are all labels
 */
public record ContainerFacts(
        String runtime,
        boolean sandbox,
        String name,
        String image,
        String imageDigest,
        String sandboxId,
        String podName,
        String podNamespace,
        String podUid,
        Map<String, String> labels,
        boolean labelsComplete) {
    /** Longer than any name of Kubernetes; an image reference has at most 255 characters of name, 128 of tag and a digest. */
    static final int MOST_CHARS = 512;

    /** Many more than pods have; each is at most 63 + 253 characters. */
    static final int MOST_LABELS = 64;

    private static final Set<String> KUBELETS_OWN = Set.of(
            "io.kubernetes.pod.name",
            "io.kubernetes.pod.namespace",
            "io.kubernetes.pod.uid",
            "io.kubernetes.container.name");

    private static final String DIGEST = "@sha256:";

    public ContainerFacts {
        name = cut(name);
        image = cut(image);
        imageDigest = digest(image, cut(imageDigest));
        sandboxId = cut(sandboxId);
        podName = cut(podName);
        podNamespace = cut(podNamespace);
        podUid = cut(podUid);
        labelsComplete = labelsComplete && labels.size() <= MOST_LABELS;
        labels = few(labels);
    }

    /** Whether it says all that a node can know: the image, and the pod's name, namespace and uid. */
    public boolean full() {
        boolean own = sandbox || (!name.isEmpty() && !image.isEmpty());
        return own && !podName.isEmpty() && !podNamespace.isEmpty() && !podUid.isEmpty();
    }

    /** Whether it is a container of a pod at all. */
    public boolean inPod() {
        return !podName.isEmpty() || !podUid.isEmpty();
    }

    /** The same with the labels that another source told, and with its digest if there is none yet. */
    public ContainerFacts with(String digest, Map<String, String> allLabels) {
        return new ContainerFacts(
                runtime,
                sandbox,
                name,
                image,
                imageDigest.isEmpty() ? digest : imageDigest,
                sandboxId,
                podName,
                podNamespace,
                podUid,
                allLabels,
                true);
    }

    /** The same with the labels of the pod's sandbox. */
    ContainerFacts withLabelsOf(ContainerFacts podSandbox) {
        return podSandbox.labelsComplete ? with(imageDigest, podSandbox.labels) : this;
    }

    /** Without the labels that a kubelet puts on what it makes: they say what stands elsewhere. */
    public static Map<String, String> labelsOfPod(Map<String, String> all) {
        Map<String, String> labels = new TreeMap<>(all);
        labels.keySet().removeAll(KUBELETS_OWN);
        return labels;
    }

    private static String digest(String reference, String told) {
        int at = reference.indexOf(DIGEST);
        return told.isEmpty() && at >= 0 ? reference.substring(at + 1) : told;
    }

    private static String cut(String text) {
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS);
    }

    private static Map<String, String> few(Map<String, String> labels) {
        Map<String, String> kept = new TreeMap<>();
        new TreeMap<>(labels)
                .entrySet().stream()
                        .limit(MOST_LABELS)
                        .forEach(label -> kept.put(cut(label.getKey()), cut(label.getValue())));
        return Collections.unmodifiableMap(kept);
    }
}
