/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

/** A value in a rule is not what its field and operator need. The message says what would be. */
public final class BadValueException extends Exception {
    private static final long serialVersionUID = 1;

    BadValueException(String message) {
        super(message);
    }
}
