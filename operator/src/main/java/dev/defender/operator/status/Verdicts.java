/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

import dev.defender.operator.api.SecurityGating;
import dev.defender.operator.model.Component;
import dev.defender.operator.observe.Onboarding;
import dev.defender.operator.ownership.Ownership.Foreign;
import dev.defender.operator.rollout.Pace.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Decides which conditions hold, and why. */
final class Verdicts {
    private final Observation seen;
    private final List<Trouble> troubles;
    private final List<Verdict> verdicts = new ArrayList<>();

    /** @param troubles all of them, the worst first */
    Verdicts(Observation seen, List<Trouble> troubles) {
        this.seen = seen;
        this.troubles = troubles;
    }

    List<Verdict> all() {
        causes();
        remarks();
        Verdict progressing = progressing();
        Verdict degraded = degraded();
        Verdict ready = ready(progressing, degraded);
        List<Verdict> all = new ArrayList<>(List.of(ready, progressing, degraded));
        verdicts.stream()
                .filter(Verdicts::stalls)
                .findFirst()
                .ifPresent(cause -> all.add(new Verdict(ConditionType.STALLED, true, cause.reason(), cause.message())));
        all.addAll(verdicts);
        return all;
    }

    /** What keeps it from being ready, the gravest first. */
    private void causes() {
        if (seen.olderProfile() != null) {
            holds(
                    ConditionType.CONFLICT,
                    Reason.ANOTHER_PROFILE,
                    "DefenderProfile " + seen.olderProfile() + " is older and counts; delete one of the two");
        }
        if (!seen.foreign().isEmpty()) {
            holds(
                    ConditionType.FOREIGN_COMPONENT,
                    Reason.NAME_TAKEN,
                    seen.foreign().stream().map(Foreign::describe).collect(Collectors.joining(", "))
                            + " is not ours, so nothing is applied; remove it, or recreate the profile with a namePrefix");
        }
        Onboarding onboarding = seen.onboarding();
        if (onboarding != null && !onboarding.usable()) {
            Reason reason = switch (onboarding.state()) {
                case MISSING -> Reason.MISSING_SECRET;
                case FORBIDDEN -> Reason.SECRET_FORBIDDEN;
                default -> Reason.SECRET_INVALID;
            };
            holds(ConditionType.CREDENTIALS_INVALID, reason, onboarding.message());
        } else {
            fromNodes(ConditionType.CREDENTIALS_INVALID, Reason.REJECTED);
        }
        fromNodes(ConditionType.BACKEND_UNREACHABLE, Reason.UNREACHABLE);
    }

    /** What a person should know although it is no failure. */
    private void remarks() {
        List<Trouble> blind = of(Reason.CANNOT_OBSERVE);
        if (!blind.isEmpty()) {
            holds(ConditionType.NODES_UNSUPPORTED, Reason.CANNOT_OBSERVE, counted(blind));
        } else if (!seen.unserved().isEmpty()) {
            holds(ConditionType.NODES_UNSUPPORTED, Reason.NOT_SERVED, String.join("; ", seen.unserved()));
        }
        if (!seen.unknownFields().isEmpty()) {
            holds(
                    ConditionType.UNKNOWN_FIELDS,
                    Reason.NOT_KNOWN,
                    "without effect: " + String.join(", ", seen.unknownFields()));
        }
        SecurityGating gating = seen.blueprint().spec().securityGating;
        if (gating != null && Boolean.TRUE.equals(gating.enabled)) {
            holds(ConditionType.NOT_IMPLEMENTED, Reason.GATING, "securityGating.enabled is true and does nothing yet");
        }
        if (seen.blueprint().paused()) {
            holds(ConditionType.PAUSED, Reason.SPEC_PAUSED, "nothing that runs is changed");
        }
    }

    private Verdict progressing() {
        if (verdicts.stream().anyMatch(Verdicts::stalls) || seen.blueprint().paused()) {
            return new Verdict(ConditionType.PROGRESSING, false, Reason.STEADY, "");
        }
        if (!seen.blueprint().enabled()) {
            return seen.removing()
                    ? new Verdict(ConditionType.PROGRESSING, true, Reason.REMOVING, counts())
                    : new Verdict(ConditionType.PROGRESSING, false, Reason.DISABLED, "");
        }
        for (Map.Entry<Component, Standing> entry : seen.standings().entrySet()) {
            Standing standing = entry.getValue();
            String where = entry.getKey().label() + ": " + standing.updated() + " of " + standing.desired()
                    + " nodes have the new version";
            if (!standing.observed()) {
                return new Verdict(
                        ConditionType.PROGRESSING,
                        true,
                        Reason.ROLLING_OUT,
                        entry.getKey().label() + ": the cluster has not taken the change up yet");
            }
            if (standing.halted()) {
                return new Verdict(
                        ConditionType.PROGRESSING, false, Reason.HALTED, where + "; it fails on " + standing.failing());
            }
            if (standing.updated() < standing.desired()) {
                return new Verdict(
                        ConditionType.PROGRESSING,
                        true,
                        standing.working() == 0 && seen.blueprint().canary() ? Reason.CANARY : Reason.ROLLING_OUT,
                        where);
            }
        }
        boolean waiting = seen.counts().stream().anyMatch(counts -> counts.ready() < counts.desired());
        return waiting && troubles.isEmpty()
                ? new Verdict(ConditionType.PROGRESSING, true, Reason.WAITING_FOR_PODS, counts())
                : new Verdict(ConditionType.PROGRESSING, false, Reason.STEADY, "");
    }

    private Verdict degraded() {
        if (!seen.refusals().isEmpty()) {
            return new Verdict(ConditionType.DEGRADED, true, Reason.APPLY_REFUSED, String.join("; ", seen.refusals()));
        }
        if (troubles.isEmpty()) {
            return new Verdict(ConditionType.DEGRADED, false, Reason.HEALTHY, "");
        }
        Reason worst = troubles.getFirst().reason();
        return new Verdict(ConditionType.DEGRADED, true, worst, counted(of(worst)));
    }

    private Verdict ready(Verdict progressing, Verdict degraded) {
        for (Verdict cause : verdicts) {
            if (cause.type() == ConditionType.BACKEND_UNREACHABLE ? nobodyDelivers() : stalls(cause)) {
                return new Verdict(ConditionType.READY, false, cause.reason(), cause.message());
            }
        }
        if (!seen.blueprint().enabled()) {
            return new Verdict(
                    ConditionType.READY,
                    !seen.removing(),
                    seen.removing() ? Reason.REMOVING : Reason.DISABLED,
                    counts());
        }
        if (!seen.refusals().isEmpty()) {
            return new Verdict(ConditionType.READY, false, degraded.reason(), degraded.message());
        }
        boolean noNodes = seen.counts().isEmpty() || seen.counts().stream().allMatch(counts -> counts.desired() == 0);
        boolean all = seen.counts().stream().allMatch(counts -> counts.ready() >= counts.desired());
        if (all && !progressing.holds() && progressing.reason() != Reason.HALTED) {
            return new Verdict(
                    ConditionType.READY,
                    !noNodes,
                    noNodes ? Reason.NO_NODES : Reason.ALL_READY,
                    noNodes ? "no node is selected" : counts());
        }
        Verdict why = progressing.holds() || !degraded.holds() ? progressing : degraded;
        return new Verdict(ConditionType.READY, false, why.reason(), why.message());
    }

    private void fromNodes(ConditionType type, Reason reason) {
        List<Trouble> nodes = of(reason);
        if (!nodes.isEmpty()) {
            holds(type, reason, counted(nodes));
        }
    }

    /** One node without a way to the backend degrades it; every node without one means that nothing arrives. */
    private boolean nobodyDelivers() {
        return of(Reason.UNREACHABLE).size() >= seen.health().size();
    }

    private static boolean stalls(Verdict verdict) {
        return switch (verdict.type()) {
            case CONFLICT, FOREIGN_COMPONENT, CREDENTIALS_INVALID -> true;
            default -> false;
        };
    }

    private List<Trouble> of(Reason reason) {
        return troubles.stream().filter(trouble -> trouble.reason() == reason).toList();
    }

    private static String counted(List<Trouble> same) {
        Trouble first = same.getFirst();
        String where = first.node().isEmpty() ? first.component().label() : first.node();
        return (same.size() == 1 ? where : same.size() + " times, such as on " + where) + ": " + first.message();
    }

    private String counts() {
        return seen.counts().stream()
                .map(counts -> counts.component().label() + " " + counts.ready() + "/" + counts.desired())
                .collect(Collectors.joining(", "));
    }

    private void holds(ConditionType type, Reason reason, String message) {
        verdicts.add(new Verdict(type, true, reason, message));
    }
}
