/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.controller;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.DefenderProfileStatus;
import dev.defender.operator.event.EventRecorder;
import dev.defender.operator.status.Observation;
import dev.defender.operator.status.StatusBuilder;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Writes a status when a condition turns, and other changes at most every 30 s. */
final class StatusWriter {
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(30);

    private final EventRecorder events;
    private final Consumer<DefenderProfileStatus> shown;
    private final Map<String, Instant> written = new ConcurrentHashMap<>();

    StatusWriter(EventRecorder events, Consumer<DefenderProfileStatus> shown) {
        this.events = events;
        this.shown = shown;
    }

    UpdateControl<DefenderProfile> write(DefenderProfile profile, Observation seen) {
        Instant now = Instant.now();
        DefenderProfileStatus before = profile.getStatus();
        DefenderProfileStatus after = StatusBuilder.of(seen, before, now);
        if (seen.olderProfile() == null) {
            shown.accept(after);
        }
        String uid = profile.getMetadata().getUid();
        if (after.equals(before)) {
            return UpdateControl.noUpdate();
        }
        boolean turned = StatusBuilder.turned(before, after);
        Instant last = written.getOrDefault(uid, Instant.EPOCH);
        if (!turned && now.isBefore(last.plus(AT_MOST_EVERY))) {
            return UpdateControl.noUpdate();
        }
        if (turned) {
            events.transitions(profile, before, after);
        }
        written.put(uid, now);
        // A fresh object: with server-side apply, what is sent is what the operator owns.
        DefenderProfile patch = new DefenderProfile();
        patch.getMetadata().setName(profile.getMetadata().getName());
        patch.setStatus(after);
        return UpdateControl.patchStatus(patch);
    }

    void forget(DefenderProfile profile) {
        written.remove(profile.getMetadata().getUid());
    }
}
