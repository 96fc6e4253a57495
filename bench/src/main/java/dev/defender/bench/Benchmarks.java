/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench;

import dev.defender.bench.publisher.PublisherBench;
import dev.defender.bench.ring.RingBenchmark;
import java.util.List;

/** All of them, in the order in which they run. */
final class Benchmarks {
    static final List<Benchmark> ALL = List.of(new RingBenchmark(), new PublisherBench());

    private Benchmarks() {}
}
