/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import dev.defender.e2e.scenario.Action;
import dev.defender.e2e.scenario.Action.Attempt;
import dev.defender.e2e.scenario.ActionShell;
import dev.defender.e2e.scenario.Actions;
import dev.defender.e2e.scenario.Outcome;
import dev.defender.e2e.scenario.Screen;
import dev.defender.e2e.stack.Api;
import dev.defender.e2e.stack.BootClock;
import dev.defender.e2e.stack.EventFollower;
import dev.defender.e2e.stack.Latencies;
import dev.defender.e2e.stack.Stack;
import dev.defender.e2e.stack.Workspace;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** Performs the actions under the eyes of the running sensor and waits for what comes of them. */
final class LiveRun implements AutoCloseable {
    private static final Duration ARRIVAL = Duration.ofSeconds(30);

    private final Settings settings;
    private final Screen screen;
    private final Stack stack;
    private final Actions actions;
    private final Outcome outcome;
    private final EventFollower follower;
    private final ActionShell shell;
    private final ActionFiles files = new ActionFiles();
    private final Listeners listeners = new Listeners();

    LiveRun(
            String runId,
            Settings settings,
            Screen screen,
            Workspace workspace,
            Stack stack,
            Api api,
            ActionShell shell)
            throws IOException {
        this.settings = settings;
        this.screen = screen;
        this.stack = stack;
        actions = new Actions(runId, workspace.path("actions"), workspace.path("programs/actor"));
        outcome = new Outcome(runId, actions.all(), screen, api);
        follower = new EventFollower(api, BootClock::nanos, BootClock.nanos());
        this.shell = shell;
    }

    Verdict perform() throws IOException, InterruptedException {
        files.make(actions);
        listeners.open(Actions.PORTS);
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
        // A twin is silent only if its event came through: what was never seen proves nothing.
        if (outcome.await("every action's event and alert", ARRIVAL, this::everythingArrived)) {
            screen.stage("alerts     are in, benign twins were seen");
        }
        if (!settings.keep()) {
            stack.stopSensor();
            screen.stage("sensor     stopped; its last cut is on the way");
        }
        outcome.awaitClosedLedger();
        screen.stage("ledger     " + (outcome.closed() ? "closes" : "DOES NOT CLOSE"));
        follower.finish();
        Latencies latencies = follower.latencies();
        outcome.show();
        Resources.show(screen, stack);
        return Verdict.of(
                outcome,
                "live",
                outcome.tags().stream().allMatch(follower::saw),
                latencies.count(),
                latencies.count() == 0 ? OptionalDouble.empty() : OptionalDouble.of(latencies.millis(99)));
    }

    private boolean everythingArrived() throws IOException, InterruptedException {
        return outcome.alerted() && outcome.tags().stream().allMatch(follower::saw);
    }

    @Override
    public void close() throws IOException {
        listeners.close();
        follower.close();
        files.close();
    }
}
