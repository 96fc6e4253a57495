/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.cleanup;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.Names;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The clean-up's one visit to the nodes. That it has ended stands in an annotation of the deleted profile: a restarted
 * operator, or the one beside it that uninstalls, would else send the clean-up round again. Read from the API server at
 * construction, not from a cache.
 */
final class Visit {
    private final KubernetesClient client;
    private final DefenderProfile profile;
    private final @Nullable DefenderProfile current;

    Visit(KubernetesClient client, DefenderProfile profile) {
        this.client = client;
        this.profile = profile;
        DefenderProfile found = client.resource(profile).get();
        boolean same = found != null
                && found.getMetadata().getUid().equals(profile.getMetadata().getUid());
        this.current = same ? found : null;
    }

    /** Whether another process has let it go. */
    boolean profileIsGone() {
        return current == null;
    }

    /** When it ended; null before. What was there before the deletion, as in a copied manifest, does not count. */
    @Nullable
    Instant ended() {
        String text =
                current == null ? null : current.getMetadata().getAnnotations().get(Names.NODES_VISITED);
        String deleted = profile.getMetadata().getDeletionTimestamp();
        if (text == null || deleted == null) {
            return null;
        }
        try {
            Instant ended = Instant.parse(text);
            return ended.isBefore(Instant.parse(deleted)) ? null : ended;
        } catch (DateTimeException e) {
            // Not written by us.
            return null;
        }
    }

    void end(Instant now) {
        if (current != null) {
            client.resource(current)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"annotations\":{\"" + Names.NODES_VISITED + "\":\"" + now + "\"}}}");
        }
    }
}
