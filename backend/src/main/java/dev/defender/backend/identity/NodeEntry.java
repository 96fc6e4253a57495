/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.pki.NodeName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node that was enrolled.
 *
 * @param revokedAt null = it may speak
 * @param certificateNotAfter end of its newest certificate
 */
public record NodeEntry(
        NodeName name, Instant enrolledAt, @Nullable Instant revokedAt, Instant certificateNotAfter) {}
