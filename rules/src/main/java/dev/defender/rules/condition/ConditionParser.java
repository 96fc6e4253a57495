/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

import dev.defender.rules.condition.Condition.And;
import dev.defender.rules.condition.Condition.Check;
import dev.defender.rules.condition.Condition.Exists;
import dev.defender.rules.condition.Condition.MacroReference;
import dev.defender.rules.condition.Condition.Not;
import dev.defender.rules.condition.Condition.Or;
import dev.defender.rules.condition.Value.Operand;
import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recursive descent over the condition grammar: {@code or} binds loosest, then {@code and}, then {@code not}. */
public final class ConditionParser {
    /** Deepest nesting, as in Falco. */
    private static final int MAX_DEPTH = 1000;

    /** Longer spellings first, so that {@code <=} is not read as {@code <}. */
    private static final List<Operator> SYMBOLS = List.of(
            Operator.NOT_EQUAL,
            Operator.LESS_OR_EQUAL,
            Operator.LESS,
            Operator.GREATER_OR_EQUAL,
            Operator.GREATER,
            Operator.EQUAL);

    private final ConditionScanner scanner;
    private final ValueParser values;
    private int depth;

    private ConditionParser(SourceText source) {
        scanner = new ConditionScanner(source);
        values = new ValueParser(scanner);
    }

    /** Parses a whole condition. */
    public static Condition parse(SourceText source) throws PositionedException {
        ConditionParser parser = new ConditionParser(source);
        Condition condition = parser.or();
        if (!parser.scanner.atEnd()) {
            throw parser.expected("'and', 'or' or the end of the condition");
        }
        return condition;
    }

    private Condition or() throws PositionedException {
        scanner.skipBlanks();
        Position at = scanner.position();
        Condition first = and();
        List<Condition> operands = null;
        while (scanner.acceptKeyword("or")) {
            if (operands == null) {
                operands = new ArrayList<>(List.of(first));
            }
            operands.add(and());
        }
        return operands == null ? first : new Or(operands, at);
    }

    private Condition and() throws PositionedException {
        scanner.skipBlanks();
        Position at = scanner.position();
        Condition first = not();
        List<Condition> operands = null;
        while (scanner.acceptKeyword("and")) {
            if (operands == null) {
                operands = new ArrayList<>(List.of(first));
            }
            operands.add(not());
        }
        return operands == null ? first : new And(operands, at);
    }

    private Condition not() throws PositionedException {
        scanner.skipBlanks();
        Position at = scanner.position();
        boolean negated = false;
        while (scanner.acceptKeyword("not")) {
            negated = !negated;
            scanner.skipBlanks();
        }
        Condition condition = primary();
        scanner.skipBlanks();
        return negated ? new Not(condition, at) : condition;
    }

    private Condition primary() throws PositionedException {
        Position at = scanner.position();
        if (scanner.accept("(")) {
            if (++depth > MAX_DEPTH) {
                throw new PositionedException(at, "nested deeper than " + MAX_DEPTH + " levels");
            }
            Condition inner = or();
            depth--;
            if (!scanner.accept(")")) {
                throw expected("')' for the '(' at " + at);
            }
            return inner;
        }
        Operand transformation = values.transformation(false);
        if (transformation != null) {
            return comparison(transformation, at);
        }
        String name = scanner.name();
        if (name == null) {
            throw expected("a field, a macro or '('");
        }
        if (name.indexOf('.') < 0) {
            return new MacroReference(name, at);
        }
        return comparison(values.fieldAfter(name, at), at);
    }

    private Condition comparison(Operand left, Position at) throws PositionedException {
        scanner.skipBlanks();
        if (scanner.acceptWord("exists")) {
            return new Exists(left, at);
        }
        Operator operator = operator();
        if (operator == null) {
            throw expected("an operator");
        }
        scanner.skipBlanks();
        Modifier modifier = operator.side() == Operator.Side.TEXT ? modifier() : null;
        Value right = modifier == null ? values.rightSide(operator.side()) : values.list();
        return new Check(left, operator, modifier, right, at);
    }

    private @Nullable Operator operator() {
        if (scanner.accept("==")) {
            return Operator.EQUAL;
        }
        for (Operator operator : SYMBOLS) {
            if (scanner.accept(operator.symbol())) {
                return operator;
            }
        }
        for (Operator operator : Operator.values()) {
            if (operator.isWord() && scanner.acceptWord(operator.symbol())) {
                return operator;
            }
        }
        return null;
    }

    private @Nullable Modifier modifier() {
        for (Modifier modifier : Modifier.values()) {
            if (scanner.acceptCall(modifier.symbol(), true)) {
                return modifier;
            }
        }
        return null;
    }

    private PositionedException expected(String what) {
        return new PositionedException(scanner.position(), "expected " + what + ", found " + scanner.here());
    }
}
