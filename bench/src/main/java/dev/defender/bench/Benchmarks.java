/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench;

import java.util.List;

/** All of them, in the order in which they run. */
final class Benchmarks {
    static final List<Benchmark> ALL = List.of();

    private Benchmarks() {}
}
