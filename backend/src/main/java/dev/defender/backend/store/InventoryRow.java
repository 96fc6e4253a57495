/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes object as it was last reported.
 *
 * @param position its place among all objects, which it keeps
 * @param resource plural, with the group where there is one
 * @param name empty: all that is known of it is that it is gone
 * @param omitted members of {@code body} that were left out because the object is too large
 * @param deletedAt when it was found gone; null: it is there
 * @param body JSON
 */
public record InventoryRow(
        long position,
        String cluster,
        String uid,
        String resource,
        String apiVersion,
        String kind,
        @Nullable String namespace,
        String name,
        long resourceVersion,
        @Nullable String ownerKind,
        @Nullable String ownerName,
        @Nullable String ownerUid,
        int omitted,
        Instant firstSeen,
        Instant lastSeen,
        @Nullable Instant deletedAt,
        String body) {}
