/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import dev.defender.operator.api.BackendSpec;
import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.DefenderProfileSpec;
import dev.defender.operator.api.Names;
import dev.defender.operator.api.RolloutSpec;
import dev.defender.operator.config.OperatorConfig;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the children depend on.
 *
 * @param profile name of the profile
 * @param uid of the profile
 * @param spec as the API server has defaulted it
 * @param config the operator's
 * @param operatorNamespace whence the publishers' health is read
 */
public record Blueprint(
        String profile, String uid, DefenderProfileSpec spec, OperatorConfig config, String operatorNamespace) {

    /** The one toleration that every node's pod has, whatever its taints. */
    private static final Toleration EVERYTHING = tolerateEverything();

    public static Blueprint of(DefenderProfile profile, OperatorConfig config, String operatorNamespace) {
        return new Blueprint(
                profile.getMetadata().getName(),
                profile.getMetadata().getUid(),
                profile.getSpec(),
                config,
                operatorNamespace);
    }

    /** Name of the component's objects in this profile. */
    public String name(Component component) {
        return or(spec.namePrefix, "") + component.objectName();
    }

    /** Labels by which its pods are found; never another set, because a selector cannot be changed. */
    public Map<String, String> selector(Component component) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Names.LABEL_NAME, name(component));
        labels.put(Names.LABEL_PROFILE, profile);
        return labels;
    }

    public Map<String, String> labels(Component component) {
        Map<String, String> labels = selector(component);
        labels.put(Names.LABEL_COMPONENT, component.label());
        labels.put(Names.LABEL_PART_OF, Names.PART_OF);
        labels.put(Names.LABEL_MANAGED_BY, Names.FIELD_MANAGER);
        return labels;
    }

    public boolean enabled() {
        return spec.securityMonitoring == null || or(spec.securityMonitoring.enabled, true);
    }

    public boolean paused() {
        return or(spec.paused, false);
    }

    public String secretName() {
        return or(backend().onboardingSecretName, Names.DEFAULT_SECRET);
    }

    public @Nullable String proxy() {
        String proxy = or(backend().httpsProxy, "");
        return proxy.isEmpty() ? null : proxy;
    }

    public @Nullable String noProxy() {
        String hosts = or(backend().noProxy, "");
        return hosts.isEmpty() ? null : hosts;
    }

    public String priorityClass() {
        return or(spec.priorityClassName, "system-node-critical");
    }

    public IntOrString maxUnavailable() {
        return or(rollout().maxUnavailable, new IntOrString("10%"));
    }

    public boolean canary() {
        return or(rollout().canary, true);
    }

    public Map<String, String> nodeSelector() {
        return or(spec.nodeSelector, Map.of());
    }

    public List<Toleration> tolerations() {
        List<Toleration> more = or(spec.tolerations, List.of());
        return Stream.concat(Stream.of(EVERYTHING), more.stream()).toList();
    }

    private BackendSpec backend() {
        return or(spec.backend, new BackendSpec());
    }

    private RolloutSpec rollout() {
        return or(spec.rollout, new RolloutSpec());
    }

    private static <T> T or(@Nullable T value, T fallback) {
        return value == null ? fallback : value;
    }

    private static Toleration tolerateEverything() {
        Toleration toleration = new Toleration();
        toleration.setOperator("Exists");
        return toleration;
    }
}
