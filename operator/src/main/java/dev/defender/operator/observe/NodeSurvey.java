/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.observe;

import dev.defender.operator.model.Nodes;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeList;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which nodes cannot be served. It asks only for these, a few names of each kind, and seldom: nodes are large objects.
 * One thread at a time.
 */
public final class NodeSurvey {
    private static final Duration AGE = Duration.ofMinutes(2);
    private static final long NAMES = 5;

    private final KubernetesClient client;
    private List<String> last = List.of();
    private long taken;
    private boolean any;

    public NodeSurvey(KubernetesClient client) {
        this.client = client;
    }

    /** A sentence for each kind of node that is not served; at most two minutes old. */
    public synchronized List<String> unsupported() {
        long now = System.nanoTime();
        if (!any || now - taken > AGE.toNanos()) {
            last = survey();
            taken = now;
            any = true;
        }
        return last;
    }

    private List<String> survey() {
        List<String> sentences = new ArrayList<>();
        for (Nodes.Unsupported kind : Nodes.UNSUPPORTED) {
            NodeList nodes = client.nodes()
                    .withLabelSelector(kind.labelSelector())
                    .list(new ListOptionsBuilder().withLimit(NAMES).build());
            List<String> names = nodes.getItems().stream()
                    .map((Node node) -> node.getMetadata().getName())
                    .toList();
            if (!names.isEmpty()) {
                String more = nodes.getMetadata().getContinue() == null
                                || nodes.getMetadata().getContinue().isEmpty()
                        ? ""
                        : " and more";
                sentences.add(String.join(", ", names) + more + ": " + kind.why());
            }
        }
        return sentences;
    }
}
