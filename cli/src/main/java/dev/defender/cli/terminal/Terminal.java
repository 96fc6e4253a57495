/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.terminal;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command reads its environment and writes.
 *
 * @param out what was asked for
 * @param err everything else
 */
public record Terminal(PrintStream out, PrintStream err, Map<String, String> environment) {
    public Terminal {
        environment = Map.copyOf(environment);
    }

    /** Tells something beside the result. */
    public void note(String sentence) {
        err.println("defenderctl: " + sentence);
    }

    /** Value of a variable of the environment; empty = not set. */
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
