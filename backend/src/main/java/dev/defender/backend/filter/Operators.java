/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Finds an operator by what was written. */
final class Operators {
    private static final String ALL =
            Arrays.stream(Operator.values()).map(Operator::symbol).collect(Collectors.joining(" "));

    private Operators() {}

    static Operator resolve(Token token) throws FilterException {
        for (Operator operator : Operator.values()) {
            boolean symbol = token.kind() == Token.Kind.SYMBOL && token.text().equals(operator.symbol());
            if (symbol || token.isWord(operator.symbol())) {
                return operator;
            }
        }
        throw new FilterException("expected one of " + ALL + ", found " + token.shown(), token.position());
    }
}
