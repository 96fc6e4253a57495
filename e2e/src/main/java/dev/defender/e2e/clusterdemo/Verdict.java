/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import dev.defender.e2e.scenario.Outcome;
import java.util.Locale;

/**
 * The outcome, as the last line says it.
 *
 * @param readySeconds from the profile's apply until it is Ready
 * @param detections actions all of whose plain and varied attempts alerted
 * @param expected actions
 * @param falseAlerts alerts about benign twins
 * @param fullContext whether every alert names pod, namespace, container and image
 * @param lost events before the upgrade, by the ledger
 * @param lostByUpgrade events that the change of every program at once has cost
 * @param closed whether the ledger closes
 * @param clean whether nothing was left, in the cluster or on its node
 */
record Verdict(
        double readySeconds,
        int detections,
        int expected,
        int falseAlerts,
        boolean fullContext,
        long lost,
        long lostByUpgrade,
        boolean closed,
        boolean clean) {
    static Verdict of(double readySeconds, Attacks attacks, boolean clean) {
        Outcome outcome = attacks.outcome();
        return new Verdict(
                readySeconds,
                outcome.detections(),
                outcome.actions(),
                outcome.falseAlarms(),
                attacks.fullContext(),
                attacks.lost(),
                outcome.lost() - attacks.lost(),
                outcome.closed(),
                clean);
    }

    boolean passed() {
        return detections == expected && falseAlerts == 0 && fullContext && lost == 0 && closed && clean;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "demo-cluster: ready_s=%.1f detections=%d/%d false=%d context=%s lost=%d upgrade_lost=%d closed=%s clean=%s",
                readySeconds,
                detections,
                expected,
                falseAlerts,
                fullContext ? "full" : "missing",
                lost,
                lostByUpgrade,
                yes(closed),
                yes(clean));
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }
}
