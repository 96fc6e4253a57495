/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.bench.Figure.Better;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {
    private final List<String> ran = new ArrayList<>();

    private Benchmark benchmark(String name, double ours) {
        return new Benchmark() {
            @Override
            public List<String> figures() {
                return List.of(name);
            }

            @Override
            public void run(Report report) throws IOException, Unavailable {
                ran.add(name);
                if (ours < 0) {
                    throw new Unavailable("no such kernel");
                }
                report.figure(Figure.againstLimit(name, ours, 10, Better.LOWER, 1, 1, "s"));
            }
        };
    }

    @Test
    void aMissedBoundIsAnExitStatus() throws InterruptedException {
        assertThat(Bench.run(List.of(), List.of(benchmark("a.good", 9), benchmark("b.bad", 11))))
                .isEqualTo(1);
        assertThat(Bench.run(List.of("--only=a"), List.of(benchmark("a.good", 9), benchmark("b.bad", 11))))
                .isZero();
        assertThat(ran).containsExactly("a.good", "b.bad", "a.good");
    }

    @Test
    void whatCouldNotRunIsNotGood() throws InterruptedException {
        assertThat(Bench.run(List.of(), List.of(benchmark("a", -1), benchmark("b", 1))))
                .isEqualTo(1);
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void anUnknownNameOrOptionIsUsage() throws InterruptedException {
        assertThat(Bench.run(List.of("--only=c"), List.of(benchmark("a", 1)))).isEqualTo(2);
        assertThat(Bench.run(List.of("--loud"), List.of(benchmark("a", 1)))).isEqualTo(2);
        assertThat(ran).isEmpty();
    }
}
