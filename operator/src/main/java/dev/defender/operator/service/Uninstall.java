/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.service;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.Names;
import dev.defender.operator.cleanup.NodeCleanup;
import dev.defender.operator.config.OperatorConfig;
import dev.defender.operator.event.EventRecorder;
import dev.defender.operator.model.Blueprint;
import dev.defender.operator.model.Component;
import dev.defender.operator.ownership.Ownership;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes every profile and waits until it is gone: the hook that helm runs before it removes the operator. The operator is
 * given a time to do it; if nothing comes of it, it is taken for dead, and the same steps are done here.
 */
public final class Uninstall {
    private static final Logger LOG = LoggerFactory.getLogger(Uninstall.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    /** An operator that lives takes the first step within a second or two. */
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

    private final KubernetesClient client;
    private final OperatorConfig config;
    private final String namespace;
    private final NodeCleanup cleanup;
    private final Ownership ownership;

    public Uninstall(KubernetesClient client, OperatorConfig config, String namespace) {
        this.client = client;
        this.config = config;
        this.namespace = namespace;
        this.ownership = new Ownership(client);
        this.cleanup = new NodeCleanup(client, ownership, new EventRecorder(client));
    }

    /**
     * Returns when no profile is left.
     *
     * @return what is left at the end of the time; empty if nothing is
     */
    public List<String> run(Duration timeout) {
        Instant begin = Instant.now();
        boolean alone = false;
        while (true) {
            List<DefenderProfile> left = profiles();
            if (left.isEmpty()) {
                return List.of();
            }
            Instant now = Instant.now();
            if (now.isAfter(begin.plus(timeout))) {
                return left.stream()
                        .map(profile -> profile.getMetadata().getName())
                        .toList();
            }
            for (DefenderProfile profile : left) {
                if (profile.getMetadata().getDeletionTimestamp() == null) {
                    LOG.info("deleting profile {}", profile.getMetadata().getName());
                    client.resource(profile).delete();
                } else {
                    // One that began and died in the middle is noticed at half-time.
                    alone |= now.isAfter(begin.plus(SIGN_OF_LIFE)) && !begun(profile)
                            || now.isAfter(begin.plus(timeout.dividedBy(2)));
                    if (alone) {
                        act(profile);
                    }
                }
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /** Without the CRD the API server answers that there is no such list, and then there is no profile either. */
    private List<DefenderProfile> profiles() {
        try {
            return client.resources(DefenderProfile.class).list().getItems();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            return List.of();
        }
    }

    /** Whether the first step, which takes the sensors away, has been done; nobody but an operator does it before us. */
    private boolean begun(DefenderProfile profile) {
        Blueprint blueprint = Blueprint.of(profile, config, namespace);
        return ownership
                .find(DaemonSet.class, blueprint.name(Component.SENSOR))
                .filter(set -> Ownership.isOf(blueprint.uid(), set))
                .isEmpty();
    }

    private void act(DefenderProfile profile) {
        String waitingFor = cleanup.step(profile, Blueprint.of(profile, config, namespace));
        if (waitingFor != null) {
            LOG.info("waiting for {}", waitingFor);
            return;
        }
        try {
            client.resource(profile).edit(current -> {
                current.getMetadata().getFinalizers().remove(Names.FINALIZER);
                return current;
            });
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND && e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // Someone else was faster; the next look tells.
        }
    }
}
