/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A producer as last heard of.
 *
 * @param clockSkewNs the node's wall clock minus the backend's at the last batch, ns; null = the batch had no clock pair
 * @param lost total of the stream's exact and at-least gaps
 * @param health body of the last {@code Health} record; null = none yet
 */
public record ProducerStatus(
        String cluster,
        String node,
        String bootId,
        String producer,
        long epoch,
        Instant lastReceived,
        @Nullable Long clockSkewNs,
        long lost,
        byte @Nullable [] health,
        @Nullable Instant healthReceived) {}
