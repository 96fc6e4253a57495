/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

import dev.defender.operator.health.NodeHealth;
import dev.defender.operator.model.Blueprint;
import dev.defender.operator.model.Component;
import dev.defender.operator.observe.Onboarding;
import dev.defender.operator.ownership.Ownership.Foreign;
import dev.defender.operator.rollout.Pace.Standing;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the status is made of.
 *
 * @param generation of the spec
 * @param olderProfile name of the profile that counts instead of this one
 * @param foreign objects in the way
 * @param refusals what the API server said when it refused a child
 * @param counts of each component that exists, should, or ever did
 * @param removing whether something still runs that should not
 * @param standings of the DaemonSets
 * @param troubles of pods and workloads
 * @param health by node, of those publishers that have answered
 * @param unserved a sentence for each kind of node without components
 * @param unknownFields paths below spec
 */
public record Observation(
        Blueprint blueprint,
        long generation,
        @Nullable String olderProfile,
        List<Foreign> foreign,
        @Nullable Onboarding onboarding,
        List<String> refusals,
        List<Counts> counts,
        boolean removing,
        Map<Component, Standing> standings,
        List<Trouble> troubles,
        Map<String, NodeHealth> health,
        List<String> unserved,
        List<String> unknownFields) {

    /** Of one component. */
    public record Counts(Component component, int desired, int ready, int updated) {}

    /** Nothing was looked at: another profile counts. */
    public static Observation conflict(Blueprint blueprint, long generation, String olderProfile) {
        return new Observation(
                blueprint,
                generation,
                olderProfile,
                List.of(),
                null,
                List.of(),
                List.of(),
                false,
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of());
    }
}
