/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.source;

import java.util.ArrayList;
import java.util.List;

/** Collects what is to be told, so that one load reports every error and not only the first. */
public final class Diagnostics {
    private final List<Diagnostic> all = new ArrayList<>();

    public void error(Position position, String message) {
        all.add(Diagnostic.error(position, message));
    }

    public void error(PositionedException problem) {
        all.add(problem.diagnostic());
    }

    public void warning(Position position, String message) {
        all.add(Diagnostic.warning(position, message));
    }

    public boolean hasErrors() {
        return all.stream().anyMatch(Diagnostic::error);
    }

    /** In the order in which they were found. */
    public List<Diagnostic> all() {
        return List.copyOf(all);
    }
}
