/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import java.time.Instant;

/** An enrolment token without its secret. */
public record EnrolmentToken(String id, String cluster, String hash, Instant createdAt, Instant expiresAt) {
    boolean validAt(Instant now) {
        return now.isBefore(expiresAt);
    }
}
