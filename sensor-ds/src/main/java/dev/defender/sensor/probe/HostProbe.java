/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.probe;

import bpf4j.probe.FactsText;
import bpf4j.probe.FeatureProbe;
import bpf4j.probe.Hook;
import bpf4j.probe.ProbeFacts;
import bpf4j.probe.Verdict;
import java.util.List;

/**
 * Whether this host can be observed, asked before anything is loaded.
 *
 * @param facts what was found
 * @param verdict what follows: if {@link Verdict#canObserve} is false and its reason {@code isNamed}, the sensor cannot work
 *     here and nothing is broken
 */
public record HostProbe(ProbeFacts facts, Verdict verdict) {
    /** Exit status of a sensor whose host has a named reason not to be observed. */
    public static final int EXIT_CANNOT_OBSERVE = 3;

    /** Tries what the sensor needs: BTF-typed tracepoints and iterators. About 50 ms. */
    public static HostProbe here() {
        return of(FeatureProbe.probe(List.of(Hook.TP_BTF, Hook.ITER)));
    }

    /** Tries every kind of hook, for a report. */
    public static HostProbe full() {
        return of(FeatureProbe.probe());
    }

    /** Judges facts found anywhere. */
    public static HostProbe of(ProbeFacts facts) {
        return new HostProbe(facts, Verdict.of(facts));
    }

    /** The first line that a sensor says on stderr before it exits with {@link #EXIT_CANNOT_OBSERVE}. */
    public String refusal() {
        return "sensor: cannot observe this host: " + verdict.sentence();
    }

    /**
     * For a person or a bug report: verdict, what is observed by which hook, and the facts as {@code key=value}. Where the
     * host can be observed a probe attaches nothing, and each row says so instead of "no".
     */
    public String report(List<Capability> matrix) {
        StringBuilder text = new StringBuilder(
                verdict.canObserve()
                        ? "This host can be observed.\n"
                        : refusal().concat("\n"));
        for (Capability row : matrix) {
            text.append(String.format("%-22s %-32s %s%n", row.name(), row.hook(), state(row)));
        }
        return text.append(FactsText.format(facts)).toString();
    }

    private String state(Capability row) {
        if (row.active()) {
            return "active";
        }
        return verdict.canObserve() ? row.reason() : "no: " + row.reason();
    }
}
