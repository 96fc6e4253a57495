/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.DefenderProfileSpec;
import dev.defender.operator.api.DefenderProfileStatus.StatusCondition;
import dev.defender.operator.api.Names;
import dev.defender.operator.config.OperatorConfig;
import dev.defender.operator.config.OperatorConfig.Images;
import dev.defender.operator.config.OperatorConfig.ServiceAccounts;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Profiles, configuration and Secret as the tests use them. */
public final class Profiles {
    public static final OperatorConfig CONFIG = config("1");

    private Profiles() {}

    public static OperatorConfig config(String version) {
        return new OperatorConfig(
                new Images("r.example/defender-sensor:" + version, "r.example/defender-publisher:" + version, null),
                "IfNotPresent",
                List.of("pull"),
                false,
                ServiceAccounts.DEFAULT,
                List.of(443, 6443, 8443, 16443));
    }

    public static DefenderProfile profile(String name) {
        DefenderProfile profile = new DefenderProfile();
        profile.getMetadata().setName(name);
        profile.setSpec(new DefenderProfileSpec());
        return profile;
    }

    public static Secret onboarding() {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(Names.COMPONENT_NAMESPACE)
                .withName(Names.DEFAULT_SECRET)
                .endMetadata()
                .withStringData(Map.of(
                        "endpoint", "https://backend.example:8443",
                        "ca.pem", "-----BEGIN CERTIFICATE-----",
                        "enrolment-token", "t",
                        "cluster", "8a3c1f6e-0f6f-4d7a-9f0b-1f2e3d4c5b6a"))
                .build();
    }

    public static Optional<StatusCondition> condition(KubernetesClient client, String profile, String type) {
        DefenderProfile found =
                client.resources(DefenderProfile.class).withName(profile).get();
        return found == null || found.getStatus() == null
                ? Optional.empty()
                : found.getStatus().conditionList().stream()
                        .filter(condition -> condition.type().equals(type))
                        .findFirst();
    }

    /** "status reason" of a condition; "absent" if there is none. */
    public static String state(KubernetesClient client, String profile, String type) {
        return condition(client, profile, type)
                .map(condition -> condition.status() + " " + condition.reason())
                .orElse("absent");
    }
}
