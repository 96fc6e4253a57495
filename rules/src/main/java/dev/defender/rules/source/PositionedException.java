/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.source;

/** Something in a rule file is wrong at one place. */
public class PositionedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Position position;

    /** @param message one sentence: what is wrong and what to do */
    public PositionedException(Position position, String message) {
        super(message);
        this.position = position;
    }

    public final Position position() {
        return position;
    }

    /** The same as an error to report. */
    public final Diagnostic diagnostic() {
        return Diagnostic.error(position, String.valueOf(getMessage()));
    }
}
