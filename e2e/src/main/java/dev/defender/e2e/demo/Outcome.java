/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import dev.defender.e2e.cgroup.Usage;
import dev.defender.e2e.demo.Action.Attempt;
import dev.defender.e2e.demo.Action.Kind;
import dev.defender.e2e.demo.Findings.Alert;
import dev.defender.e2e.stack.Api;
import dev.defender.e2e.stack.Ledger;
import dev.defender.e2e.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What the API serves of a run, held against what the actions must come to. */
final class Outcome {
    private static final Duration LEDGER = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 100;

    private final String runId;
    private final List<Action> actions;
    private final Screen screen;
    private final Api api;
    private Findings findings = new Findings(List.of());
    private Ledger ledger = new Ledger(List.of());

    Outcome(String runId, List<Action> actions, Screen screen, Api api) {
        this.runId = runId;
        this.actions = actions;
        this.screen = screen;
        this.api = api;
    }

    /** A condition that asks the API. */
    interface Condition {
        boolean met() throws IOException, InterruptedException;
    }

    /** Waits for a condition; false when the time is over: the verdict then tells the rest. */
    boolean await(String what, Duration limit, Condition condition) throws IOException, InterruptedException {
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

    void awaitClosedLedger() throws IOException, InterruptedException {
        await("the ledger to close", LEDGER, () -> {
            ledger = Ledger.of(api);
            return ledger.closes();
        });
        findings = Findings.of(api, runId);
    }

    /** Whether each action that must alert has. */
    boolean alerted() throws IOException, InterruptedException {
        findings = Findings.of(api, runId);
        return actions.stream().allMatch(this::detected);
    }

    private boolean detected(Action action) {
        return action.attempts().stream()
                .filter(attempt -> attempt.kind() != Kind.TWIN)
                .allMatch(attempt -> findings.raised(action.alertType(), attempt.tag()));
    }

    List<String> tags() {
        return actions.stream()
                .flatMap(action -> action.attempts().stream())
                .map(Attempt::tag)
                .toList();
    }

    boolean closed() {
        return ledger.closes();
    }

    long delivered() {
        return ledger.total().delivered();
    }

    /** @param everySeen whether the event of every attempt came through */
    Verdict verdict(String mode, boolean everySeen, long events, OptionalDouble p99Millis) {
        int detections = (int) actions.stream().filter(this::detected).count();
        return new Verdict(
                mode,
                detections,
                actions.size(),
                falseAlerts().size(),
                everySeen,
                ledger.total().lost(),
                ledger.closes(),
                events,
                p99Millis);
    }

    private List<Alert> falseAlerts() {
        return actions.stream()
                .flatMap(action -> action.attempts().stream())
                .filter(attempt -> attempt.kind() == Kind.TWIN)
                .flatMap(attempt -> findings.about(attempt.tag()).stream())
                .toList();
    }

    void show(Stack stack) throws IOException {
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
        List<List<String>> resources = new ArrayList<>();
        for (var entry : stack.measured().entrySet()) {
            resources.add(resources(entry.getKey(), entry.getValue()));
        }
        if (!resources.isEmpty()) {
            screen.table(
                    "Resources",
                    List.of("component", "memory peak", "limit", "CPU", "limit", "throttled", "OOM kills"),
                    resources);
        }
        screen.line("");
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
                String.format(Locale.ROOT, "%.0f ms", alert.latencyMillis()));
    }

    private static List<String> resources(String name, Stack.Measured measured) throws IOException {
        Usage usage = measured.group().usage();
        long limit = measured.group().limits().memoryBytes();
        int cpu = measured.group().limits().cpuMillis();
        return List.of(
                name,
                mib(measured.peak().peakBytes()),
                limit == 0 ? "–" : mib(limit),
                String.format(Locale.ROOT, "%.2f s", usage.cpuNanos() / 1e9),
                cpu == 0 ? "–" : cpu + "m",
                String.format(Locale.ROOT, "%.1f s", usage.throttledNanos() / 1e9),
                Long.toString(usage.oomKills()));
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", bytes / 1048576.0);
    }
}
