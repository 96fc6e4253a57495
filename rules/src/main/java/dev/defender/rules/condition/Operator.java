/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

/** The binary operators. {@code ==} is another spelling of {@code =}; {@code exists} is a node of its own. */
public enum Operator {
    EQUAL("=", Side.TEXT),
    NOT_EQUAL("!=", Side.TEXT),
    LESS("<", Side.NUMBER),
    LESS_OR_EQUAL("<=", Side.NUMBER),
    GREATER(">", Side.NUMBER),
    GREATER_OR_EQUAL(">=", Side.NUMBER),
    GLOB("glob", Side.TEXT),
    IGLOB("iglob", Side.TEXT),
    CONTAINS("contains", Side.TEXT),
    ICONTAINS("icontains", Side.TEXT),
    BCONTAINS("bcontains", Side.TEXT),
    STARTSWITH("startswith", Side.TEXT),
    BSTARTSWITH("bstartswith", Side.TEXT),
    ENDSWITH("endswith", Side.TEXT),
    REGEX("regex", Side.TEXT),
    IN("in", Side.LIST),
    INTERSECTS("intersects", Side.LIST),
    PMATCH("pmatch", Side.LIST);

    /** What may stand on the right besides a transformer. */
    public enum Side {
        NUMBER,
        TEXT,
        LIST
    }

    private final String symbol;
    private final Side side;

    Operator(String symbol, Side side) {
        this.symbol = symbol;
        this.side = side;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }

    public Side side() {
        return side;
    }

    /** Whether it is spelled with letters, so that it ends where a name would end. */
    boolean isWord() {
        return Character.isLetter(symbol.charAt(0));
    }
}
