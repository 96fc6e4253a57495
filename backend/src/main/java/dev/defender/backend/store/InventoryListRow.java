/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the last list of a resource went.
 *
 * @param state running, complete or partial
 * @param reason why it is partial; else empty
 * @param objects that the list named
 * @param completeAt when a list of the resource was last complete
 */
public record InventoryListRow(
        String cluster,
        String resource,
        String state,
        String reason,
        long objects,
        Instant began,
        @Nullable Instant ended,
        @Nullable Instant completeAt) {}
