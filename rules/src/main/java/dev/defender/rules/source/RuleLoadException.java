/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.source;

import java.util.List;
import java.util.stream.Collectors;

/** A rule set was refused. The message has one line per error, each with file, line, column and reason. */
public final class RuleLoadException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> diagnostics;

    /** @param diagnostics errors and warnings in file order; at least one error */
    public RuleLoadException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream()
                .filter(Diagnostic::error)
                .map(Diagnostic::toString)
                .collect(Collectors.joining("\n")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** Errors and warnings in file order. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
