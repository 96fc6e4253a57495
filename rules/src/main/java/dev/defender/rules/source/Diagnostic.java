/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.source;

/**
 * One thing to tell the author of a rule file.
 *
 * @param error true: the set is refused; false: a warning, the set loads
 * @param message one sentence: what is wrong and, where it helps, what to do
 */
public record Diagnostic(Position position, boolean error, String message) {
    public static Diagnostic error(Position position, String message) {
        return new Diagnostic(position, true, message);
    }

    public static Diagnostic warning(Position position, String message) {
        return new Diagnostic(position, false, message);
    }

    @Override
    public String toString() {
        return position + ": " + (error ? "error: " : "warning: ") + message;
    }
}
