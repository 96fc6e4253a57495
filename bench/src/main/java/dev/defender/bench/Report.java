/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench;

import dev.defender.bench.Figure.Better;
import dev.defender.e2e.cgroup.Cgroup;
import dev.defender.e2e.cgroup.PeakSampler;
import dev.defender.e2e.cgroup.Usage;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Where benchmarks report: figures to one stream, what explains them to another. */
public final class Report {
    private static final double MIB = 1024 * 1024;

    private final PrintStream figures;
    private final PrintStream notes;
    private final Predicate<String> wanted;
    private final Map<String, Peak> peaks = new LinkedHashMap<>();
    private boolean good = true;

    private record Peak(long bytes, long limit, int runs, boolean sound) {}

    /** @param wanted which figures count, by name */
    public Report(PrintStream figures, PrintStream notes, Predicate<String> wanted) {
        this.figures = figures;
        this.notes = notes;
        this.wanted = wanted;
    }

    public void figure(Figure figure) {
        if (wanted.test(figure.name())) {
            figures.println(figure.json());
            figures.flush();
            good &= figure.ok();
        }
    }

    /** What a reader of the figures wants beside them: throttled time, mean event size, versions. */
    public void note(String text) {
        notes.println("  " + text);
    }

    /**
     * Memory of a component through one run; the highest of all runs becomes the figure {@code COMPONENT.peak_mib}. It does
     * not hold if a sample was missed or a process killed for memory.
     *
     * @param sampler since before the component's start
     * @param group the component's, at the end of the run
     */
    public void peak(String component, PeakSampler sampler, Cgroup group) throws IOException {
        Usage usage = group.usage();
        note("%s: peak %.1f MiB in %d samples, OOM kills %d, throttled %.1f s in %d periods, refaults %d, CPU %.1f s"
                .formatted(
                        component,
                        sampler.peakBytes() / MIB,
                        sampler.taken(),
                        usage.oomKills(),
                        usage.throttledNanos() / 1e9,
                        usage.throttledPeriods(),
                        usage.refaults(),
                        usage.cpuNanos() / 1e9));
        if (usage.oomKills() > 0) {
            note(component + " was killed for memory: no figure of this run holds");
            good = false;
        }
        if (sampler.missed() > 0) {
            note("%s: %d samples of its memory were missed, the peak may be higher: %s"
                    .formatted(component, sampler.missed(), sampler.reason()));
        }
        boolean sound = usage.oomKills() == 0 && sampler.missed() == 0 && sampler.taken() > 0;
        peaks.merge(
                component,
                new Peak(sampler.peakBytes(), group.limits().memoryBytes(), 1, sound),
                (a, b) -> new Peak(Math.max(a.bytes, b.bytes), a.limit, a.runs + b.runs, a.sound && b.sound));
    }

    /** After the last run. */
    void finish() {
        peaks.forEach((component, peak) -> figure(Figure.againstLimit(
                        component + ".peak_mib",
                        peak.bytes / MIB,
                        peak.limit / MIB,
                        Better.LOWER,
                        peak.runs,
                        peak.runs,
                        "MiB")
                .soundIf(peak.sound)));
    }

    /** A benchmark gave no figure, which is no better than one that misses its bound. */
    void failed(Benchmark benchmark, String reason) {
        notes.println("bench: " + String.join(", ", benchmark.figures()) + ": " + reason);
        good = false;
    }

    /** Whether each figure was taken and every bound held. */
    boolean good() {
        return good;
    }
}
