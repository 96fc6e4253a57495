/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench;

import java.io.PrintStream;
import java.util.function.Predicate;

/** Where benchmarks report: figures to one stream, what explains them to another. */
public final class Report {
    private final PrintStream figures;
    private final PrintStream notes;
    private final Predicate<String> wanted;
    private boolean good = true;

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
