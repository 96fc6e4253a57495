/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import dev.defender.e2e.process.Running;
import dev.defender.e2e.scenario.Actions;
import dev.defender.e2e.scenario.Outcome;
import dev.defender.e2e.scenario.Screen;
import dev.defender.e2e.stack.Api;
import dev.defender.e2e.stack.BootClock;
import dev.defender.e2e.stack.EventFollower;
import dev.defender.e2e.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** The demo without a kernel to observe: the recording in the repository through the rest of the real path. */
final class Recording {
    /** Run id that the recording was made with. */
    static final String RUN_ID = "recorded";

    private static final Duration FIRST_ACK = Duration.ofSeconds(60);
    private static final Duration REPLAYED = Duration.ofSeconds(60);

    private Recording() {}

    /** Options that make a recording of the actions' group into {@code file}. */
    static List<String> options(Path file) {
        return List.of("--record=" + file.toAbsolutePath(), "--record-cgroup=" + Demo.ACTIONS_GROUP + RUN_ID);
    }

    /** The probe's sentence from the sensor's log. */
    static String reason(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("sensor: cannot observe this host"))
                .findFirst()
                .orElse("sensor: cannot observe this host, and does not say why");
    }

    static Verdict replay(Settings settings, Screen screen, Stack stack, Api api, Running publisher)
            throws IOException, InterruptedException {
        Running sensor = stack.sensor(List.of("--replay=" + settings.recording(), "--replay-speed=full"));
        screen.stage("sensor     replays " + settings.tree().relativize(settings.recording()));
        publisher.awaitLine("publisher: first ack", FIRST_ACK);
        sensor.awaitExit(REPLAYED);
        Outcome outcome = new Outcome(RUN_ID, new Actions(RUN_ID, Path.of("/"), Path.of("/")).all(), screen, api);
        outcome.awaitClosedLedger();
        outcome.show();
        Resources.show(screen, stack);
        try (EventFollower events = new EventFollower(api, BootClock::nanos, 0)) {
            events.finish();
            boolean everySeen = outcome.tags().stream().allMatch(events::saw);
            return Verdict.of(outcome, "replay", everySeen, outcome.delivered(), OptionalDouble.empty());
        }
    }
}
