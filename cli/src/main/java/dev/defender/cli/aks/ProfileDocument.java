/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import dev.defender.cli.terminal.YamlText;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A DefenderProfile with where it came from. @param inputHash SHA-256 of the whole input, hexadecimal */
record ProfileDocument(Findings.Cluster cluster, DefenderSettings settings, String inputHash) {
    static final String DEFAULT_NAME = "default";
    private static final String PREFIX = "defender.dev/imported-";
    private static final int HASH_CHARS = 12;

    /** What tells this cluster from others: its id, which Azure compares without regard to case, or its whole input. */
    String identity() {
        return cluster.id().isEmpty() ? inputHash : cluster.id().toLowerCase(Locale.ROOT);
    }

    /** A name that is the same whenever the same cluster is imported. */
    String hashName() {
        return "aks-"
                + JsonInput.sha256(identity().getBytes(StandardCharsets.UTF_8)).substring(0, HASH_CHARS);
    }

    String yaml(String name) {
        Map<String, Object> annotations = new LinkedHashMap<>();
        if (!cluster.id().isEmpty()) {
            annotations.put(PREFIX + "from", cluster.id());
        }
        if (!cluster.apiVersion().isEmpty()) {
            annotations.put(PREFIX + "api-version", cluster.apiVersion());
        }
        annotations.put(PREFIX + "sha256", inputHash);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("annotations", annotations);
        Map<String, Object> profile = new LinkedHashMap<>();
        profile.put("apiVersion", "defender.dev/v1alpha1");
        profile.put("kind", "DefenderProfile");
        profile.put("metadata", metadata);
        profile.put("spec", settings.spec());
        return YamlText.of(profile);
    }
}
