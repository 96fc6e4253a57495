/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench;

import java.io.IOException;
import java.util.List;

/** One measurement that yields one or more figures. Runs alone on the machine and leaves nothing behind. */
public interface Benchmark {
    /** Names of all figures that {@link #run} reports. */
    List<String> figures();

    /**
     * Measures and reports.
     *
     * @throws Unavailable if this machine cannot run it
     * @throws IOException if a program under test failed; the message says how
     */
    void run(Report report) throws IOException, InterruptedException, Unavailable;

    /** Why a benchmark cannot run here; the message is one clause for a person. */
    final class Unavailable extends Exception {
        private static final long serialVersionUID = 1;

        public Unavailable(String message) {
            super(message);
        }
    }
}
