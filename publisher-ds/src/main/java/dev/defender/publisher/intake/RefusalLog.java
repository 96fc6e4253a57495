/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.publisher.health.Console;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Counts every refusal and prints at most one line per cause and ten seconds. Intake thread only. */
final class RefusalLog {
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final IntakeStats stats;
    private final Console console;
    private final long[] printedAt = new long[Refusal.values().length];
    private final long[] unprinted = new long[Refusal.values().length];

    RefusalLog(IntakeStats stats, Console console) {
        this.stats = stats;
        this.console = console;
        Arrays.fill(printedAt, System.nanoTime() - QUIET_NANOS);
    }

    void refused(Refusal refusal, String who, String reason) {
        stats.refused(refusal);
        int cause = refusal.ordinal();
        long now = System.nanoTime();
        if (now - printedAt[cause] < QUIET_NANOS) {
            unprinted[cause]++;
            return;
        }
        String more = unprinted[cause] == 0 ? "" : " (and " + unprinted[cause] + " like it before)";
        console.trouble("refused " + who + " [" + refusal.label() + "]: " + reason + more);
        printedAt[cause] = now;
        unprinted[cause] = 0;
    }
}
