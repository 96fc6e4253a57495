/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.time.Instant;

/**
 * A cluster that nodes can be enrolled in.
 *
 * @param id minted by this backend, UUID
 * @param name for people
 */
public record Cluster(String id, String name, Instant createdAt) {}
