/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import static dev.defender.rules.condition.Operator.BCONTAINS;
import static dev.defender.rules.condition.Operator.BSTARTSWITH;
import static dev.defender.rules.condition.Operator.EQUAL;
import static dev.defender.rules.condition.Operator.GREATER;
import static dev.defender.rules.condition.Operator.GREATER_OR_EQUAL;
import static dev.defender.rules.condition.Operator.IN;
import static dev.defender.rules.condition.Operator.INTERSECTS;
import static dev.defender.rules.condition.Operator.LESS;
import static dev.defender.rules.condition.Operator.LESS_OR_EQUAL;
import static dev.defender.rules.condition.Operator.NOT_EQUAL;

import dev.defender.rules.condition.Operator;
import java.util.EnumSet;
import java.util.Set;

/** Type of a field as the rule language sees it; it decides which operators are legal. */
public enum FieldType {
    TEXT(EnumSet.complementOf(EnumSet.of(LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, BCONTAINS, BSTARTSWITH))),
    NUMBER(EnumSet.of(EQUAL, NOT_EQUAL, IN, INTERSECTS, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL)),
    FLAG(EnumSet.of(EQUAL, NOT_EQUAL, IN)),
    ADDRESS(EnumSet.of(EQUAL, NOT_EQUAL, IN, INTERSECTS)),
    NET(EnumSet.of(EQUAL, NOT_EQUAL, IN, INTERSECTS));

    private final Set<Operator> legal;

    FieldType(Set<Operator> legal) {
        this.legal = legal;
    }

    /** Whether the operator may be used; {@code exists} may always be. */
    public boolean allows(Operator operator) {
        return legal.contains(operator);
    }

    /** For messages. */
    public String noun() {
        return switch (this) {
            case TEXT -> "text";
            case NUMBER -> "a number";
            case FLAG -> "true or false";
            case ADDRESS -> "an IP address";
            case NET -> "a network";
        };
    }
}
