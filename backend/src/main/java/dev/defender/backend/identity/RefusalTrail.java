/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.pki.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts refused enrolments on the audit trail. Whoever holds an enrolment token can cause them without end, so of a
 * cluster at most {@value #BURST} are written at once and one more each {@value #SECONDS} s; the next one written counts
 * those that were not. Thread-safe.
 */
final class RefusalTrail {
    private static final int BURST = 20;
    private static final int SECONDS = 10;

    private final Identities identities;
    private final Map<String, Allowance> allowances = new HashMap<>();

    private record Allowance(int left, Instant refilled, long unwritten) {}

    RefusalTrail(Identities identities) {
        this.identities = identities;
    }

    void refused(NodeName node, Origin origin, String why) throws IdentityUnavailableException {
        long unwritten = take(node.cluster(), identities.clock().instant());
        if (unwritten >= 0) {
            identities.note(
                    origin,
                    "node.enrol-refused",
                    node.cluster() + "/" + node.node(),
                    why + (unwritten == 0 ? "" : " (and " + unwritten + " more of this cluster before)"));
        }
    }

    /** @return how many were not written since the last one that was; -1 = this one is not to be written */
    private synchronized long take(String cluster, Instant now) {
        Allowance old = allowances.getOrDefault(cluster, new Allowance(BURST, now, 0));
        long earned = Math.max(0, Duration.between(old.refilled(), now).toSeconds() / SECONDS);
        int left = (int) Math.min(BURST, old.left() + earned);
        Instant refilled = left == BURST ? now : old.refilled().plusSeconds(earned * SECONDS);
        boolean write = left > 0;
        allowances.put(
                cluster,
                write ? new Allowance(left - 1, refilled, 0) : new Allowance(0, refilled, old.unwritten() + 1));
        return write ? old.unwritten() : -1;
    }
}
