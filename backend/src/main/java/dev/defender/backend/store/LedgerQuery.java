/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import org.jspecify.annotations.Nullable;

/** Which streams; null = every one. */
public record LedgerQuery(
        @Nullable String cluster,
        @Nullable String node,
        @Nullable String bootId,
        @Nullable String producer,
        @Nullable Long epoch) {}
