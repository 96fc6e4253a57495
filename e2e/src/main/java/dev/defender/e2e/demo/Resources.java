/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import dev.defender.e2e.cgroup.PeakSampler;
import dev.defender.e2e.cgroup.Usage;
import dev.defender.e2e.scenario.Screen;
import dev.defender.e2e.stack.Stack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What each program took, against its limit. */
final class Resources {
    private Resources() {}

    static void show(Screen screen, Stack stack) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (var entry : stack.measured().entrySet()) {
            rows.add(row(entry.getKey(), entry.getValue()));
        }
        if (!rows.isEmpty()) {
            screen.table(
                    "Resources",
                    List.of("component", "memory peak", "limit", "CPU", "limit", "throttled", "OOM kills"),
                    rows);
        }
        screen.line("");
    }

    private static List<String> row(String name, Stack.Measured measured) throws IOException {
        Usage usage = measured.group().usage();
        long limit = measured.group().limits().memoryBytes();
        int cpu = measured.group().limits().cpuMillis();
        return List.of(
                name,
                peak(measured.peak()),
                limit == 0 ? "–" : mib(limit),
                String.format(Locale.ROOT, "%.2f s", usage.cpuNanos() / 1e9),
                cpu == 0 ? "–" : cpu + "m",
                String.format(Locale.ROOT, "%.1f s", usage.throttledNanos() / 1e9),
                Long.toString(usage.oomKills()));
    }

    private static String peak(PeakSampler peak) {
        return mib(peak.peakBytes()) + (peak.missed() == 0 ? "" : ", " + peak.missed() + " samples missed");
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.0f MiB", bytes / 1048576.0);
    }
}
