/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bean of the spec. Fields that AKS knows and this version does not are kept in {@link #unknown()}. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
        value = "(has(self.namePrefix) ? self.namePrefix : '') == (has(oldSelf.namePrefix) ? oldSelf.namePrefix : '')",
        message = "namePrefix cannot be changed, added or removed: it is part of the names of what runs."
                + " Delete the profile, wait until it is gone, and create it with the new prefix",
        fieldPath = ".namePrefix",
        reason = "FieldValueForbidden")
@SchemaCustomizer(OpenSchema.class)
public final class DefenderProfileSpec {
    @JsonPropertyDescription("ARM id of the Log Analytics workspace, as in AKS. Kept and reported, not needed.")
    @Size(max = 512)
    @ValidationRule(
            value = "self == '' || self.startsWith('/subscriptions/')",
            message = "logAnalyticsWorkspaceResourceId is an ARM resource id, which begins with /subscriptions/;"
                    + " leave it out if there is no workspace",
            reason = "FieldValueInvalid")
    public @Nullable String logAnalyticsWorkspaceResourceId;

    @JsonPropertyDescription("Whether the components run. false removes them from every node; the profile stays.")
    @Default("{}")
    public @Nullable SecurityMonitoring securityMonitoring;

    @JsonPropertyDescription("Gated deployment, as in AKS. Accepted and reported as not implemented.")
    public @Nullable SecurityGating securityGating;

    @JsonPropertyDescription("Where events go.")
    @Default("{}")
    public @Nullable BackendSpec backend;

    @JsonPropertyDescription("Put before the name of each object that the operator makes, so that this and the AKS"
            + " add-on can run side by side. Cannot be changed.")
    @Size(max = 20)
    @Pattern("^[a-z0-9][-a-z0-9]*$")
    public @Nullable String namePrefix;

    @JsonPropertyDescription("true: nothing that runs is changed until it is false again. Status is still written.")
    public @Nullable Boolean paused;

    @JsonPropertyDescription("Only nodes with all these labels get sensor and publisher.")
    @Size(max = 32)
    public @Nullable Map<String, @Size(max = 63) String> nodeSelector;

    @JsonPropertyDescription("Tolerations beside the one that tolerates every taint; rarely needed.")
    @Size(max = 32)
    public @Nullable List<Toleration> tolerations;

    @JsonPropertyDescription("PriorityClass of sensor and publisher.")
    @Default("\"system-node-critical\"")
    @Size(min = 1, max = 253)
    @Pattern("^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$")
    public @Nullable String priorityClassName;

    @JsonPropertyDescription("How a change reaches the nodes.")
    @Default("{}")
    public @Nullable RolloutSpec rollout;

    private final Map<String, Object> unknown = new LinkedHashMap<>();

    /** Fields of no name above, with their values. */
    @JsonAnyGetter
    public Map<String, Object> unknown() {
        return unknown;
    }

    @JsonAnySetter
    void unknown(String name, Object value) {
        unknown.put(name, value);
    }
}
