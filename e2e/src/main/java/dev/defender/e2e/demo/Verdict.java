/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import dev.defender.e2e.scenario.Outcome;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The outcome, as the last line says it.
 *
 * @param mode "live" or "replay"
 * @param detections actions all of whose plain and varied attempts alerted
 * @param expected actions
 * @param falseAlerts alerts about benign twins
 * @param everySeen whether the event of every attempt came through: a twin that was never seen is not silent
 * @param lost events, by the ledger
 * @param closed whether the ledger closes
 * @param events that the API returned, of this run
 * @param p99Millis kernel to API; empty in a replay
 */
record Verdict(
        String mode,
        int detections,
        int expected,
        int falseAlerts,
        boolean everySeen,
        long lost,
        boolean closed,
        long events,
        OptionalDouble p99Millis) {
    /** @param everySeen whether the event of every attempt came through */
    static Verdict of(Outcome outcome, String mode, boolean everySeen, long events, OptionalDouble p99Millis) {
        return new Verdict(
                mode,
                outcome.detections(),
                outcome.actions(),
                outcome.falseAlarms(),
                everySeen,
                outcome.lost(),
                outcome.closed(),
                events,
                p99Millis);
    }

    boolean passed() {
        return detections == expected && falseAlerts == 0 && everySeen && closed;
    }

    String line() {
        String p99 = p99Millis.isPresent() ? String.format(Locale.ROOT, "%.0f", p99Millis.getAsDouble()) : "na";
        return "demo: mode=" + mode + " detections=" + detections + "/" + expected + " false=" + falseAlerts + " lost="
                + lost + " events=" + events + " p99_ms=" + p99;
    }
}
