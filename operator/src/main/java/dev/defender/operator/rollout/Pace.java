/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.rollout;

import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/**
 * How many nodes may be without a component at once. The DaemonSet controller goes on by itself within this number, and
 * stops by itself when so many are not available: with 1, a node on which the new version fails stops everything. So a
 * change begins at 1, is let go once a node has it and works, goes back to 1 as soon as one node fails with it, and ends
 * at 1, ready for the next change. Nothing is remembered: who comes after a killed operator decides the same.
 */
public final class Pace {
    private static final IntOrString ONE_NODE = new IntOrString(1);

    private Pace() {}

    /**
     * Where a DaemonSet stands.
     *
     * @param observed whether the status speaks of the newest generation
     * @param desired nodes that should have it
     * @param updated nodes that have the newest version
     * @param working pods of the newest version that are ready
     * @param failing pods of the newest version that fail
     */
    public record Standing(boolean observed, int desired, int updated, int working, int failing) {
        boolean rolling() {
            return observed && updated < desired;
        }

        /** It goes no further until someone acts, or the failing nodes recover. */
        public boolean halted() {
            return rolling() && failing > 0;
        }
    }

    /** @param standing null before the DaemonSet exists */
    public static IntOrString of(@Nullable Standing standing, boolean canary, IntOrString allowed) {
        if (standing == null || standing.failing > 0) {
            return ONE_NODE;
        }
        if (!canary) {
            return allowed;
        }
        return standing.rolling() && standing.working > 0 ? allowed : ONE_NODE;
    }
}
