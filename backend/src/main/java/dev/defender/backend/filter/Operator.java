/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

/** The comparisons of the filter language. */
public enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("in"),
    CONTAINS("contains"),
    STARTS_WITH("startswith");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /** As it is written in a filter; words are accepted in any case. */
    public String symbol() {
        return symbol;
    }
}
