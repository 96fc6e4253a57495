/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.observe;

import dev.defender.operator.api.Names;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the cluster said when it refused a pod; only the events of the workload's controller know. */
public final class RefusedPods {
    /** An older refusal is history. The controllers repeat one at least every 17 minutes while it lasts. */
    private static final Duration FRESH = Duration.ofMinutes(20);

    private final KubernetesClient client;

    public RefusedPods(KubernetesClient client) {
        this.client = client;
    }

    /** The newest event of this reason about the object of this name. */
    public Optional<String> newest(String objectName, String reason) {
        return client
                .v1()
                .events()
                .inNamespace(Names.COMPONENT_NAMESPACE)
                .withField("involvedObject.name", objectName)
                .withField("reason", reason)
                .list()
                .getItems()
                .stream()
                .filter(event -> at(event).isAfter(Instant.now().minus(FRESH)))
                .max(Comparator.comparing(RefusedPods::at))
                .map(Event::getMessage);
    }

    private static Instant at(Event event) {
        String time = first(
                event.getSeries() == null || event.getSeries().getLastObservedTime() == null
                        ? null
                        : event.getSeries().getLastObservedTime().getTime(),
                event.getLastTimestamp(),
                event.getMetadata().getCreationTimestamp());
        return Instant.parse(time);
    }

    private static String first(@Nullable String... times) {
        for (String time : times) {
            if (time != null) {
                return time;
            }
        }
        return Instant.EPOCH.toString();
    }
}
