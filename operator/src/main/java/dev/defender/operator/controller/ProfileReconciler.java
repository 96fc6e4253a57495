/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.controller;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.DefenderProfileStatus;
import dev.defender.operator.api.Names;
import dev.defender.operator.cleanup.NodeCleanup;
import dev.defender.operator.config.OperatorConfig;
import dev.defender.operator.dependent.Children;
import dev.defender.operator.event.EventRecorder;
import dev.defender.operator.health.PublisherHealth;
import dev.defender.operator.model.Blueprint;
import dev.defender.operator.observe.SlimPods;
import dev.defender.operator.ownership.Ownership;
import dev.defender.operator.status.Observation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The loop of a profile. The oldest profile counts; another one is told so and nothing is done for it. */
@ControllerConfiguration(name = Names.CONTROLLER, finalizerName = Names.FINALIZER, fieldManager = Names.FIELD_MANAGER)
public final class ProfileReconciler implements Reconciler<DefenderProfile>, Cleaner<DefenderProfile> {
    /** How soon what no watch tells is seen: the Secret, the publishers' health, a refused pod. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private static final Comparator<DefenderProfile> AGE = Comparator.comparing(
                    (DefenderProfile profile) -> profile.getMetadata().getCreationTimestamp())
            .thenComparing(profile -> profile.getMetadata().getName());
    private static final Duration NEXT_STEP = Duration.ofSeconds(2);
    private static final long PODS_PER_PAGE = 250;

    private final OperatorConfig config;
    private final String namespace;
    private final Children children = new Children();
    private final StatusWriter statuses;
    private final NodeCleanup cleanup;
    private final Rollout rollout;

    /**
     * @param namespace the operator's own
     * @param shown is given each status of a profile that counts
     */
    public ProfileReconciler(
            KubernetesClient client,
            OperatorConfig config,
            String namespace,
            PublisherHealth health,
            Consumer<DefenderProfileStatus> shown) {
        this.config = config;
        this.namespace = namespace;
        EventRecorder events = new EventRecorder(client);
        Ownership ownership = new Ownership(client);
        this.statuses = new StatusWriter(events, shown);
        this.cleanup = new NodeCleanup(client, ownership, events);
        this.rollout = new Rollout(client, ownership, children, health);
    }

    @Override
    public UpdateControl<DefenderProfile> reconcile(DefenderProfile profile, Context<DefenderProfile> context) {
        Blueprint blueprint = Blueprint.of(profile, config, namespace);
        String older = older(profile, context);
        long generation = profile.getMetadata().getGeneration();
        Observation seen = older != null
                ? Observation.conflict(blueprint, generation, older)
                : rollout.reconcile(profile, blueprint, context);
        return statuses.write(profile, seen).rescheduleAfter(LOOK_AGAIN);
    }

    @Override
    public DeleteControl cleanup(DefenderProfile profile, Context<DefenderProfile> context) {
        String waitingFor = cleanup.step(profile, Blueprint.of(profile, config, namespace));
        if (waitingFor != null) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(NEXT_STEP);
        }
        statuses.forget(profile);
        return DeleteControl.defaultDelete();
    }

    @Override
    public List<EventSource<?, DefenderProfile>> prepareEventSources(EventSourceContext<DefenderProfile> context) {
        List<EventSource<?, DefenderProfile>> sources = new ArrayList<>();
        children.all().forEach(child -> sources.add(child.initEventSource(context)));
        var pods = InformerEventSourceConfiguration.from(Pod.class, DefenderProfile.class)
                .withName("pods")
                .withNamespaces(Names.COMPONENT_NAMESPACE)
                .withLabelSelector(Names.LABEL_MANAGED_BY + "=" + Names.FIELD_MANAGER)
                .withItemStore(new SlimPods())
                .withInformerListLimit(PODS_PER_PAGE)
                .withSecondaryToPrimaryMapper(pod -> {
                    String profile = pod.getMetadata().getLabels().get(Names.LABEL_PROFILE);
                    return profile == null ? Set.of() : Set.of(new ResourceID(profile));
                })
                .build();
        sources.add(new InformerEventSource<>(pods, context));
        return sources;
    }

    /** Name of the profile that counts instead; null for the one that does. */
    private static @Nullable String older(DefenderProfile profile, Context<DefenderProfile> context) {
        return context.getPrimaryCache()
                .list()
                .filter(other -> AGE.compare(other, profile) < 0)
                .min(AGE)
                .map(other -> other.getMetadata().getName())
                .orElse(null);
    }
}
