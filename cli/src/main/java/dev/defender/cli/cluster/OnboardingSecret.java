/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.cluster;

import dev.defender.cli.terminal.YamlText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a cluster's publishers need to reach their backend, as the Secret that the DaemonSet mounts. */
record OnboardingSecret(String name, String cluster, URI endpoint, String ca, String token) {
    static final String DEFAULT_NAME = "defender-onboarding";
    private static final String NAMESPACE = "kube-system";

    String yaml() {
        Map<String, Object> labels = new LinkedHashMap<>();
        labels.put("app.kubernetes.io/managed-by", "defenderctl");
        labels.put("app.kubernetes.io/part-of", "defender-for-containers");
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("namespace", NAMESPACE);
        metadata.put("labels", labels);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("endpoint", endpoint.toString());
        data.put("ca.pem", ca.replace("\r", "").strip() + "\n");
        data.put("enrolment-token", token);
        data.put("cluster", cluster);
        Map<String, Object> secret = new LinkedHashMap<>();
        secret.put("apiVersion", "v1");
        secret.put("kind", "Secret");
        secret.put("metadata", metadata);
        secret.put("type", "Opaque");
        secret.put("stringData", data);
        return YamlText.of(secret);
    }
}
