/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.event;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.DefenderProfileStatus;
import dev.defender.operator.api.DefenderProfileStatus.StatusCondition;
import dev.defender.operator.api.Names;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says transitions as Events of the profile. The name of an Event is a hash of what it says, so a repeated one counts up
 * the first. An Event that cannot be written is logged: it must not hold up what it speaks of.
 */
public final class EventRecorder {
    /** Where the API server wants Events of cluster-scoped objects. */
    public static final String NAMESPACE = "default";

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final int HASH_CHARS = 16;
    private static final int MESSAGE_CHARS = 1000;

    private final KubernetesClient client;

    public EventRecorder(KubernetesClient client) {
        this.client = client;
    }

    /** One Event for each condition that has come, gone, or holds for another reason. */
    public void transitions(
            DefenderProfile profile, @Nullable DefenderProfileStatus before, DefenderProfileStatus after) {
        List<StatusCondition> old = before == null ? List.of() : before.conditionList();
        for (StatusCondition condition : after.conditionList()) {
            boolean known = old.stream()
                    .anyMatch(other -> other.type().equals(condition.type())
                            && other.status().equals(condition.status())
                            && other.reason().equals(condition.reason()));
            // Progress is seen in the status; an Event for each of its steps would be noise.
            if (!known && !condition.type().equals("Progressing")) {
                say(profile, good(condition) ? "Normal" : "Warning", condition.reason(), sentence(condition));
            }
        }
        for (StatusCondition gone : old) {
            if (after.conditionList().stream().noneMatch(other -> other.type().equals(gone.type()))) {
                say(profile, "Normal", "Resolved", gone.type() + " no longer holds");
            }
        }
    }

    /** @param type Normal or Warning */
    public void say(DefenderProfile profile, String type, String reason, String message) {
        String text = message.length() <= MESSAGE_CHARS ? message : message.substring(0, MESSAGE_CHARS);
        LOG.info("{} {}: {}", profile.getMetadata().getName(), reason, text);
        String name = profile.getMetadata().getName() + "."
                + hash(profile.getMetadata().getUid() + type + reason + text);
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            var resource = client.v1().events().inNamespace(NAMESPACE).withName(name);
            Event existing = resource.get();
            if (existing == null) {
                client.v1()
                        .events()
                        .inNamespace(NAMESPACE)
                        .resource(event(profile, name, type, reason, text, now))
                        .create();
            } else {
                resource.edit(event -> new EventBuilder(event)
                        .withCount(event.getCount() == null ? 2 : event.getCount() + 1)
                        .withLastTimestamp(now)
                        .build());
            }
        } catch (KubernetesClientException e) {
            LOG.warn(
                    "the Event {} of profile {} was not written: {}",
                    reason,
                    profile.getMetadata().getName(),
                    e.getMessage());
        }
    }

    private static Event event(
            DefenderProfile profile, String name, String type, String reason, String message, String now) {
        return new EventBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(Names.GROUP + "/" + Names.VERSION)
                .withKind(Names.KIND)
                .withName(profile.getMetadata().getName())
                .withUid(profile.getMetadata().getUid())
                .endInvolvedObject()
                .withNewSource()
                .withComponent(Names.FIELD_MANAGER)
                .endSource()
                .withReportingComponent(Names.FIELD_MANAGER)
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withCount(1)
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .build();
    }

    private static boolean good(StatusCondition condition) {
        return condition.type().equals("Ready") || condition.type().equals("Paused")
                ? condition.status().equals("True")
                        || condition.reason().equals("WaitingForPods")
                        || condition.reason().equals("RollingOut")
                        || condition.reason().equals("Canary")
                : condition.status().equals("False");
    }

    private static String sentence(StatusCondition condition) {
        String head = condition.type() + (condition.status().equals("True") ? "" : " is " + condition.status());
        return condition.message().isEmpty() ? head : head + ": " + condition.message();
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
