/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench;

import dev.defender.e2e.process.Running.ProgramFailed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Runs the benchmarks one after the other: all, or with {@code --only=NAME} those with a figure whose name begins so.
 * Exit status: 0 every bound held, 1 one was missed or not measured, 2 usage.
 */
public final class Bench {
    private static final String ONLY = "--only=";

    private Bench() {}

    public static void main(String[] args) throws InterruptedException {
        List<Benchmark> benchmarks = new ArrayList<>();
        ServiceLoader.load(Benchmark.class).forEach(benchmarks::add);
        System.exit(run(List.of(args), benchmarks));
    }

    static int run(List<String> options, List<Benchmark> benchmarks) throws InterruptedException {
        String prefix = "";
        for (String option : options) {
            if (option.equals("--list")) {
                benchmarks.forEach(benchmark -> benchmark.figures().forEach(System.out::println));
                return 0;
            } else if (option.startsWith(ONLY)) {
                prefix = option.substring(ONLY.length());
            } else {
                System.err.println("bench: unknown option " + option + "; there are --list and --only=NAME");
                return 2;
            }
        }
        String only = prefix;
        List<Benchmark> chosen = benchmarks.stream()
                .filter(benchmark -> benchmark.figures().stream().anyMatch(name -> name.startsWith(only)))
                .toList();
        if (chosen.isEmpty()) {
            System.err.println("bench: no figure's name begins with " + only + "; --list prints them");
            return 2;
        }
        Report report = new Report(System.out, System.err, name -> name.startsWith(only));
        for (Benchmark benchmark : chosen) {
            System.err.println("bench: " + String.join(", ", benchmark.figures()));
            try {
                benchmark.run(report);
            } catch (Benchmark.Unavailable | IOException | ProgramFailed e) {
                report.failed(benchmark, String.valueOf(e.getMessage()));
            }
        }
        report.finish();
        return report.good() ? 0 : 1;
    }
}
