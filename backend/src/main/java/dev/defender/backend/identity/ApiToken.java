/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.time.Instant;

/** An API token without its secret. */
public record ApiToken(String id, String name, Role role, String hash, Instant createdAt, Instant expiresAt) {}
