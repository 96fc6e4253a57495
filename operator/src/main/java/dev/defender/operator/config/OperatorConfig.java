/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operator's configuration; the chart writes it.
 *
 * @param images full references of what is rolled out
 * @param imagePullPolicy Always, IfNotPresent or Never
 * @param imagePullSecrets names of Secrets in kube-system
 * @param leaderElection whether several replicas agree on one that acts
 * @param serviceAccounts in kube-system, made by the chart
 * @param apiServerPorts TCP ports that collector-misc may reach
 */
public record OperatorConfig(
        Images images,
        String imagePullPolicy,
        List<String> imagePullSecrets,
        boolean leaderElection,
        ServiceAccounts serviceAccounts,
        List<Integer> apiServerPorts) {

    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");

    /** @param misc null: collector-misc is not rolled out */
    public record Images(
            String sensor, String publisher, @Nullable String misc) {}

    /** Names of the components' accounts. */
    public record ServiceAccounts(String sensor, String publisher, String misc) {
        public static final ServiceAccounts DEFAULT = new ServiceAccounts(
                "microsoft-defender-collector", "microsoft-defender-publisher", "microsoft-defender-misc");
    }

    /** What is wrong, one sentence each with the key; empty if it can be used. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        reference(faults, "images.sensor", images.sensor);
        reference(faults, "images.publisher", images.publisher);
        if (images.misc != null) {
            reference(faults, "images.misc", images.misc);
        }
        if (!PULL_POLICIES.contains(imagePullPolicy)) {
            faults.add("imagePullPolicy is \"" + imagePullPolicy + "\"; it is one of " + PULL_POLICIES);
        }
        for (int port : apiServerPorts) {
            if (port < 1 || port > 65535) {
                faults.add("apiServerPorts has " + port + ", which is no TCP port");
            }
        }
        return faults;
    }

    private static void reference(List<String> faults, String key, String image) {
        if (image.isBlank()) {
            faults.add(key + " is missing; set it to an image reference such as registry.example/defender-sensor:1.0");
        } else if (image.startsWith("/") || image.chars().anyMatch(Character::isWhitespace)) {
            faults.add(key + " is \"" + image + "\", which is no image reference");
        }
    }
}
