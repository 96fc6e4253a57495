/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is, at most 64 KiB of it whatever the cluster's size: counts, conditions and the worst nodes. The full list of
 * nodes is the backend's.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(ConditionListSchema.class)
public record DefenderProfileStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.") @Nullable
        Long observedGeneration,

        @Size(max = 32) @Nullable List<StatusCondition> conditions,
        @Size(max = 8) @Nullable List<ComponentStatus> components,

        @JsonPropertyDescription("Hash of the rule set that the sensors are given.") @Size(max = 128) @Nullable
        String ruleSetHash,

        @JsonPropertyDescription("Up to 20 nodes that most need someone to look.") @Size(max = 20) @Nullable
        List<NodeTrouble> worstNodes) {

    public List<StatusCondition> conditionList() {
        return conditions == null ? List.of() : conditions;
    }

    /** One condition in the Kubernetes style. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StatusCondition(
            @Required @Size(max = 64) String type,

            @Required @Pattern("^(True|False|Unknown)$") String status,

            @Required @Size(max = 128) String reason,
            @Required @Size(max = 2048) String message,

            @JsonPropertyDescription("When status last changed, RFC 3339.") @Required @Size(max = 40)
            String lastTransitionTime,

            @Nullable Long observedGeneration) {}

    /**
     * @param name sensor, publisher or misc
     * @param desired nodes (or replicas) that should have it
     * @param ready those where it is ready
     * @param updated those that run the newest version
     * @param summary "ready/desired", for the table of kubectl
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ComponentStatus(
            @Required @Size(max = 32) String name,
            int desired,
            int ready,
            int updated,
            @Size(max = 32) String summary) {}

    /**
     * @param node name of the node; empty for a pod that has none yet
     * @param reason one word, from the same list as the conditions' reasons
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record NodeTrouble(
            @Required @Size(max = 253) String node,
            @Size(max = 32) String component,
            @Required @Size(max = 128) String reason,
            @Size(max = 512) String message) {}
}
