/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.controller;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.Names;
import dev.defender.operator.dependent.Child;
import dev.defender.operator.dependent.Children;
import dev.defender.operator.dependent.Order;
import dev.defender.operator.health.NodeHealth;
import dev.defender.operator.health.PublisherHealth;
import dev.defender.operator.model.Blueprint;
import dev.defender.operator.model.Component;
import dev.defender.operator.observe.NodeSurvey;
import dev.defender.operator.observe.Onboarding;
import dev.defender.operator.observe.RefusedPods;
import dev.defender.operator.ownership.Ownership;
import dev.defender.operator.ownership.Ownership.Foreign;
import dev.defender.operator.rollout.Pace;
import dev.defender.operator.rollout.Pace.Standing;
import dev.defender.operator.status.Observation;
import dev.defender.operator.status.Observation.Counts;
import dev.defender.operator.status.Trouble;
import dev.defender.operator.status.UnknownFields;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings the children of the profile that counts to where they should be, and says what is. */
final class Rollout {
    private static final List<Component> SETS = List.of(Component.SENSOR, Component.PUBLISHER);

    private final KubernetesClient client;
    private final Ownership ownership;
    private final Children children;
    private final PublisherHealth health;
    private final NodeSurvey survey;
    private final RefusedPods refusals;

    Rollout(KubernetesClient client, Ownership ownership, Children children, PublisherHealth health) {
        this.client = client;
        this.ownership = ownership;
        this.children = children;
        this.health = health;
        this.survey = new NodeSurvey(client);
        this.refusals = new RefusedPods(client);
    }

    Observation reconcile(DefenderProfile profile, Blueprint blueprint, Context<DefenderProfile> context) {
        List<Pod> pods = context.getSecondaryResourcesAsStream(Pod.class).toList();
        Observer observer = new Observer(blueprint, pods, refusals);
        return blueprint.enabled()
                ? enabled(profile, blueprint, context, observer)
                : disabled(profile, blueprint, context, observer);
    }

    private Observation enabled(
            DefenderProfile profile, Blueprint blueprint, Context<DefenderProfile> context, Observer observer) {
        List<Child<?>> wanted = children.wanted(blueprint);
        List<Foreign> foreign = ownership.foreign(
                blueprint,
                wanted.stream()
                        .filter(child -> own(child, blueprint, context).isEmpty())
                        .toList());
        Onboarding onboarding = Onboarding.read(client, blueprint.secretName());
        Order order = new Order(
                blueprint,
                onboarding.endpoint(),
                pace(Component.SENSOR, blueprint, context, observer),
                pace(Component.PUBLISHER, blueprint, context, observer));
        order.placeIn(context);
        List<String> refused = foreign.isEmpty() && !blueprint.paused()
                ? new Application(children, ownership, blueprint, onboarding.usable()).apply(profile, context)
                : List.of();
        Map<Component, Standing> standings = standings(blueprint, context, observer);
        List<Counts> counts = foreign.isEmpty() ? counts(profile, blueprint, context, observer) : List.of();
        List<Trouble> troubles = counts.stream()
                .flatMap(count -> observer.troubles(count).stream())
                .toList();
        Map<String, NodeHealth> known = health.of(observer.publishers());
        return new Observation(
                blueprint,
                profile.getMetadata().getGeneration(),
                null,
                foreign,
                onboarding,
                refused,
                counts,
                false,
                standings,
                troubles,
                known,
                survey.unsupported(),
                UnknownFields.of(blueprint.spec()));
    }

    private Observation disabled(
            DefenderProfile profile, Blueprint blueprint, Context<DefenderProfile> context, Observer observer) {
        boolean removing = observer.anyPods();
        for (Child<?> child : children.all()) {
            boolean there = own(child, blueprint, context).isPresent();
            if (there && !blueprint.paused()) {
                ownership.delete(child.resourceType(), blueprint.name(child.component()), blueprint.uid());
            }
            removing |= there;
        }
        health.of(List.of());
        return new Observation(
                blueprint,
                profile.getMetadata().getGeneration(),
                null,
                List.of(),
                null,
                List.of(),
                counts(profile, blueprint, context, observer),
                removing,
                Map.of(),
                List.of(),
                Map.of(),
                List.of(),
                UnknownFields.of(blueprint.spec()));
    }

    private IntOrString pace(
            Component component, Blueprint blueprint, Context<DefenderProfile> context, Observer observer) {
        Standing standing = set(component, blueprint, context)
                .map(set -> observer.standing(component, set))
                .orElse(null);
        return Pace.of(standing, blueprint.canary(), blueprint.maxUnavailable());
    }

    private Map<Component, Standing> standings(
            Blueprint blueprint, Context<DefenderProfile> context, Observer observer) {
        Map<Component, Standing> standings = new EnumMap<>(Component.class);
        for (Component component : SETS) {
            set(component, blueprint, context)
                    .ifPresent(set -> standings.put(component, observer.standing(component, set)));
        }
        return standings;
    }

    /** Of what exists; and zeros of what once did, by which a later clean-up knows that nodes were used. */
    private List<Counts> counts(
            DefenderProfile profile, Blueprint blueprint, Context<DefenderProfile> context, Observer observer) {
        boolean before = profile.getStatus() != null
                && profile.getStatus().components() != null
                && !profile.getStatus().components().isEmpty();
        List<Counts> counts = new ArrayList<>();
        for (Component component : SETS) {
            DaemonSet set = set(component, blueprint, context).orElse(null);
            if (set != null || before) {
                counts.add(observer.counts(component, set));
            }
        }
        find(Deployment.class, Component.MISC, blueprint, context)
                .map(observer::counts)
                .ifPresent(counts::add);
        return counts;
    }

    private static Optional<DaemonSet> set(Component component, Blueprint blueprint, Context<DefenderProfile> context) {
        return find(DaemonSet.class, component, blueprint, context);
    }

    private static Optional<? extends HasMetadata> own(
            Child<?> child, Blueprint blueprint, Context<DefenderProfile> context) {
        return find(child.resourceType(), child.component(), blueprint, context);
    }

    private static <R extends HasMetadata> Optional<R> find(
            Class<R> type, Component component, Blueprint blueprint, Context<DefenderProfile> context) {
        return context.getSecondaryResourcesAsStream(type)
                .filter(object -> object.getMetadata().getName().equals(blueprint.name(component))
                        && Names.COMPONENT_NAMESPACE.equals(object.getMetadata().getNamespace())
                        && Ownership.isOf(blueprint.uid(), object))
                .findFirst();
    }
}
