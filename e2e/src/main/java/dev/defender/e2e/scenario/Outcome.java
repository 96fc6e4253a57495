/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.scenario;

import dev.defender.e2e.scenario.Action.Attempt;
import dev.defender.e2e.scenario.Action.Kind;
import dev.defender.e2e.scenario.Findings.Alert;
import dev.defender.e2e.stack.Api;
import dev.defender.e2e.stack.Ledger;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the API serves of a run, held against what the actions must come to. */
public final class Outcome {
    private static final Duration LEDGER = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 100;

    private final String runId;
    private final List<Action> actions;
    private final Screen screen;
    private final Api api;
    private Findings findings = new Findings(List.of());
    private Ledger ledger = new Ledger(List.of());

    public Outcome(String runId, List<Action> actions, Screen screen, Api api) {
        this.runId = runId;
        this.actions = actions;
        this.screen = screen;
        this.api = api;
    }

    /** A condition that asks the API. */
    public interface Condition {
        boolean met() throws IOException, InterruptedException;
    }

    /** Waits for a condition; false when the time is over: the verdict then tells the rest. */
    public boolean await(String what, Duration limit, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.met()) {
            if (System.nanoTime() > deadline) {
                screen.stage("waited " + limit.toSeconds() + " s in vain for " + what);
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    public void awaitClosedLedger() throws IOException, InterruptedException {
        await("the ledger to close", LEDGER, () -> {
            ledger = Ledger.of(api);
            return ledger.closes();
        });
        findings = Findings.of(api, runId);
    }

    /** Whether each action that must alert has. */
    public boolean alerted() throws IOException, InterruptedException {
        findings = Findings.of(api, runId);
        return actions.stream().allMatch(this::detected);
    }

    private boolean detected(Action action) {
        return action.attempts().stream()
                .filter(attempt -> attempt.kind() != Kind.TWIN)
                .allMatch(attempt -> findings.raised(action.alertType(), attempt.tag()));
    }

    public List<String> tags() {
        return actions.stream()
                .flatMap(action -> action.attempts().stream())
                .map(Attempt::tag)
                .toList();
    }

    public boolean closed() {
        return ledger.closes();
    }

    public long delivered() {
        return ledger.total().delivered();
    }

    /** How many actions raised every alert that they must. */
    public int detections() {
        return (int) actions.stream().filter(this::detected).count();
    }

    public int actions() {
        return actions.size();
    }

    /** How many alerts a benign twin raised. */
    public int falseAlarms() {
        return falseAlerts().size();
    }

    /** Alerts of this run, as last read. */
    public List<Alert> alerts() {
        return findings.alerts();
    }

    public long lost() {
        return ledger.total().lost();
    }

    private List<Alert> falseAlerts() {
        return actions.stream()
                .flatMap(action -> action.attempts().stream())
                .filter(attempt -> attempt.kind() == Kind.TWIN)
                .flatMap(attempt -> findings.about(attempt.tag()).stream())
                .toList();
    }

    /** Prints alerts, what went wrong, and the ledger. */
    public void show() {
        screen.table(
                "Alerts of this run",
                List.of("time", "severity", "alert type", "process", "ancestors", "container", "latency"),
                findings.alerts().stream().map(Outcome::row).toList());
        for (Action action : actions) {
            for (Attempt attempt : action.attempts()) {
                if (attempt.kind() != Kind.TWIN && !findings.raised(action.alertType(), attempt.tag())) {
                    screen.line("  MISSED: " + action.alertType() + " for " + String.join(" ", attempt.command()));
                }
            }
        }
        falseAlerts().forEach(alert -> screen.line("  FALSE: " + alert.rule() + " for " + alert.commandLine()));
        screen.table(
                "Ledger of the sensor (captured = delivered + filtered + lost)",
                List.of("class", "captured", "delivered", "filtered", "lost"),
                ledger.classes().entrySet().stream()
                        .map(e -> row(e.getKey(), e.getValue()))
                        .toList());
    }

    private static List<String> row(String recordClass, Ledger.Totals totals) {
        return List.of(
                recordClass,
                Long.toString(totals.captured()),
                Long.toString(totals.delivered()),
                Long.toString(totals.filtered()),
                Long.toString(totals.lost()));
    }

    private static List<String> row(Alert alert) {
        String process = alert.commandLine();
        return List.of(
                alert.time(),
                alert.severity(),
                alert.alertType(),
                process.length() > 60 ? process.substring(0, 59) + "…" : process,
                alert.lineage(),
                alert.container(),
                latency(alert.latencyMillis()));
    }

    /** What a recording captured has no latency here: it may even lie before this machine's boot. */
    private static String latency(double millis) {
        return millis < 0 ? "na" : String.format(Locale.ROOT, "%.0f ms", millis);
    }
}
