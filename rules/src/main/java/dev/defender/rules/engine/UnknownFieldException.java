/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;

/** A condition names a field that the language does not have; a rule may ask to be skipped then. */
public final class UnknownFieldException extends PositionedException {
    private static final long serialVersionUID = 1;

    UnknownFieldException(Position position, String message) {
        super(position, message);
    }
}
