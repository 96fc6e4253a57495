/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import dev.defender.e2e.scenario.Action;
import dev.defender.e2e.scenario.Action.Attempt;
import dev.defender.e2e.scenario.ActionShell;
import dev.defender.e2e.scenario.Actions;
import dev.defender.e2e.scenario.Findings.Alert;
import dev.defender.e2e.scenario.Outcome;
import dev.defender.e2e.scenario.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** The demo's actions in a pod, and what the backend says of them. */
final class Attacks {
    private static final Duration ARRIVAL = Duration.ofSeconds(60);

    private final Path work;
    private final Screen screen;
    private final Installation installation;
    private final Actions actions;
    private final Outcome outcome;
    private long lost;

    Attacks(String runId, Path work, Screen screen, Installation installation)
            throws IOException, GeneralSecurityException {
        this.work = work;
        this.screen = screen;
        this.installation = installation;
        actions = new Actions(runId, AttackPod.DIRECTORY, AttackPod.ACTOR);
        outcome = new Outcome(runId, actions.all(), screen, installation.api());
    }

    /** Runs all, and waits for the alerts and a ledger that closes. */
    void perform() throws IOException, InterruptedException {
        installation.pod().start();
        Map<String, String> environment = installation.bash().environment();
        try (ActionShell shell = installation.pod().shell(environment, work.resolve("actions.log"))) {
            AttackPod.makeFiles(shell, actions);
            for (Action action : actions.all()) {
                for (Attempt attempt : action.attempts()) {
                    int status = shell.run(attempt.command());
                    screen.stage(String.format(
                            "action     %-32s %-6s %s",
                            action.title(),
                            attempt.kind().name().toLowerCase(Locale.ROOT),
                            status == 0 ? "" : "(exit " + status + ")"));
                }
            }
        }
        outcome.await("every alert", ARRIVAL, outcome::alerted);
        outcome.awaitClosedLedger();
        lost = outcome.lost();
    }

    /** Events lost by then, by the ledger. */
    long lost() {
        return lost;
    }

    /** Waits until all is accounted for once more, and shows it. */
    void finish() throws IOException, InterruptedException {
        outcome.awaitClosedLedger();
        outcome.show();
        for (Alert alert : outcome.alerts()) {
            if (!full(alert)) {
                screen.line("  CONTEXT MISSING: " + alert);
            }
        }
        installation.pod().remove();
    }

    Outcome outcome() {
        return outcome;
    }

    boolean fullContext() {
        return !outcome.alerts().isEmpty() && outcome.alerts().stream().allMatch(Attacks::full);
    }

    private static boolean full(Alert alert) {
        return alert.container().equals(AttackPod.NAMESPACE + "/" + AttackPod.NAME + "/" + AttackPod.CONTAINER)
                && alert.context().equals("full");
    }
}
