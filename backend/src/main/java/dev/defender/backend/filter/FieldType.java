/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import static dev.defender.backend.filter.Operator.CONTAINS;
import static dev.defender.backend.filter.Operator.EQUAL;
import static dev.defender.backend.filter.Operator.GREATER;
import static dev.defender.backend.filter.Operator.GREATER_OR_EQUAL;
import static dev.defender.backend.filter.Operator.IN;
import static dev.defender.backend.filter.Operator.LESS;
import static dev.defender.backend.filter.Operator.LESS_OR_EQUAL;
import static dev.defender.backend.filter.Operator.NOT_EQUAL;
import static dev.defender.backend.filter.Operator.STARTS_WITH;

import java.util.EnumSet;
import java.util.Set;

/** What a field holds, and with it which operators it takes and how a value is written. */
public enum FieldType {
    /** Unicode text, compared by code point, case-sensitive. */
    TEXT(
            "a text",
            EnumSet.of(EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN, CONTAINS, STARTS_WITH)),
    /** A signed 64-bit integer in decimal digits. */
    INTEGER("a whole number", EnumSet.of(EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN)),
    /** An instant, RFC 3339 with an offset: 2026-11-25T13:00:00Z. */
    TIME(
            "a time such as 2026-11-25T13:00:00Z",
            EnumSet.of(EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL)),
    /** An IPv4 or IPv6 address, or a network in CIDR form that {@code =} and {@code in} test membership of. */
    ADDRESS("an IP address or network", EnumSet.of(EQUAL, NOT_EQUAL, IN)),
    /** The class of a record, by name (exec, fork, …) or number. */
    RECORD_CLASS("a class name", EnumSet.of(EQUAL, NOT_EQUAL, IN)),
    /** How much of container and pod is known, by name (full, late, missing) or number. */
    CONTEXT("full, late or missing", EnumSet.of(EQUAL, NOT_EQUAL, IN)),
    /** OCSF severity, by name (informational … critical) or severity_id. */
    SEVERITY("a severity", EnumSet.of(EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN));

    private final String description;
    private final Set<Operator> operators;

    FieldType(String description, Set<Operator> operators) {
        this.description = description;
        this.operators = operators;
    }

    /** For messages: "takes …". */
    public String description() {
        return description;
    }

    public boolean takes(Operator operator) {
        return operators.contains(operator);
    }
}
