/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

import dev.defender.operator.api.DefenderProfileStatus;
import dev.defender.operator.api.DefenderProfileStatus.ComponentStatus;
import dev.defender.operator.api.DefenderProfileStatus.NodeTrouble;
import dev.defender.operator.api.DefenderProfileStatus.StatusCondition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the status; bounded in every part, so that its size does not grow with the cluster. */
public final class StatusBuilder {
    private static final int WORST_NODES = 20;
    private static final int NODE_MESSAGE_CHARS = 512;
    private static final int CONDITION_MESSAGE_CHARS = 1024;

    private StatusBuilder() {}

    /**
     * @param before the status as it stands; a condition keeps its time unless its status changes
     * @param now when a condition that changes has changed
     */
    public static DefenderProfileStatus of(Observation seen, @Nullable DefenderProfileStatus before, Instant now) {
        List<Trouble> troubles = new ArrayList<>(seen.troubles());
        troubles.addAll(HealthTroubles.of(seen.health()));
        troubles.sort(Comparator.comparingInt(StatusBuilder::rank)
                .thenComparing(Trouble::node)
                .thenComparing(Trouble::component)
                .thenComparing(Trouble::message));
        List<StatusCondition> conditions = new Verdicts(seen, troubles)
                .all().stream()
                        .map(verdict -> condition(verdict, before, seen.generation(), now))
                        .toList();
        return new DefenderProfileStatus(seen.generation(), conditions, components(seen), null, worst(troubles));
    }

    /** Whether a change must be written at once: another condition, status or reason. */
    public static boolean turned(@Nullable DefenderProfileStatus before, DefenderProfileStatus after) {
        return !summary(before).equals(summary(after));
    }

    private static Set<String> summary(@Nullable DefenderProfileStatus status) {
        Set<String> summary = new HashSet<>();
        if (status != null) {
            summary.add("generation " + status.observedGeneration());
            status.conditionList()
                    .forEach(condition ->
                            summary.add(condition.type() + " " + condition.status() + " " + condition.reason()));
        }
        return summary;
    }

    private static StatusCondition condition(
            Verdict verdict, @Nullable DefenderProfileStatus before, long generation, Instant now) {
        String type = verdict.type().text();
        String status = verdict.holds() ? "True" : "False";
        String since = now.truncatedTo(ChronoUnit.SECONDS).toString();
        if (before != null) {
            for (StatusCondition old : before.conditionList()) {
                if (old.type().equals(type) && old.status().equals(status)) {
                    since = old.lastTransitionTime();
                }
            }
        }
        return new StatusCondition(
                type,
                status,
                verdict.reason().text(),
                clip(verdict.message(), CONDITION_MESSAGE_CHARS),
                since,
                generation);
    }

    private static List<ComponentStatus> components(Observation seen) {
        return seen.counts().stream()
                .map(counts -> new ComponentStatus(
                        counts.component().label(),
                        counts.desired(),
                        counts.ready(),
                        counts.updated(),
                        counts.ready() + "/" + counts.desired()))
                .toList();
    }

    private static List<NodeTrouble> worst(List<Trouble> troubles) {
        return troubles.stream()
                .filter(trouble -> !trouble.node().isEmpty())
                .limit(WORST_NODES)
                .map(trouble -> new NodeTrouble(
                        trouble.node(),
                        trouble.component().label(),
                        trouble.reason().text(),
                        clip(trouble.message(), NODE_MESSAGE_CHARS)))
                .toList();
    }

    /** What stops a component comes before what impairs it. */
    private static int rank(Trouble trouble) {
        return switch (trouble.reason()) {
            case FAILED_CREATE -> 0;
            case CONFIG_ERROR, CREATE_ERROR, MOUNT_FAILED, IMAGE_PULL -> 1;
            case CRASH_LOOP, OOM_KILLED, CANNOT_OBSERVE -> 2;
            case UNSCHEDULABLE, EVICTED -> 3;
            case REJECTED, UNREACHABLE, REFUSED_BY_BACKEND -> 4;
            default -> 5;
        };
    }

    private static String clip(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
