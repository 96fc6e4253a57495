/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.bundle;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** {@link ContainerFacts} as text, for captures: one {@code key=value} per line. Unknown keys are passed over. */
public final class FactsText {
    private static final String LABEL = "label.";

    private FactsText() {}

    /** Line breaks within a value become blanks. */
    public static String format(ContainerFacts facts) {
        StringBuilder text = new StringBuilder();
        line(text, "runtime", facts.runtime());
        line(text, "sandbox", facts.sandbox() ? "true" : "");
        line(text, "name", facts.name());
        line(text, "image", facts.image());
        line(text, "digest", facts.imageDigest());
        line(text, "sandbox_id", facts.sandboxId());
        line(text, "pod", facts.podName());
        line(text, "namespace", facts.podNamespace());
        line(text, "pod_uid", facts.podUid());
        line(text, "labels_complete", facts.labelsComplete() ? "true" : "");
        facts.labels()
                .forEach((key, value) -> text.append(oneLine(LABEL + key))
                        .append('=')
                        .append(oneLine(value))
                        .append('\n'));
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append(key).append('=').append(oneLine(value)).append('\n');
        }
    }

    private static String oneLine(String value) {
        return value.replace('\n', ' ').replace('\r', ' ');
    }

    /** Never fails: what is missing is empty. */
    public static ContainerFacts parse(String text) {
        Map<String, String> values = new HashMap<>();
        Map<String, String> labels = new TreeMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && line.startsWith(LABEL)) {
                labels.put(line.substring(LABEL.length(), equals), line.substring(equals + 1));
            } else if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return new ContainerFacts(
                values.getOrDefault("runtime", ""),
                values.containsKey("sandbox"),
                values.getOrDefault("name", ""),
                values.getOrDefault("image", ""),
                values.getOrDefault("digest", ""),
                values.getOrDefault("sandbox_id", ""),
                values.getOrDefault("pod", ""),
                values.getOrDefault("namespace", ""),
                values.getOrDefault("pod_uid", ""),
                labels,
                values.containsKey("labels_complete"));
    }
}
