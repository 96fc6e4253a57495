/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

import dev.defender.rules.condition.Value.FieldReference;
import dev.defender.rules.condition.Value.ListReference;
import dev.defender.rules.condition.Value.Literal;
import dev.defender.rules.condition.Value.Literals;
import dev.defender.rules.condition.Value.Operand;
import dev.defender.rules.condition.Value.Transformation;
import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of the grammar below a check: fields, transformers, literals and lists. */
final class ValueParser {
    private static final int MAX_DEPTH = 100;

    private final ConditionScanner scanner;
    private int depth;

    ValueParser(ConditionScanner scanner) {
        this.scanner = scanner;
    }

    /** A field of which the name has been read: its argument, if it has one. */
    FieldReference fieldAfter(String name, Position at) throws PositionedException {
        if (!scanner.accept("[")) {
            return new FieldReference(name, "", at);
        }
        String argument = scanner.quoted();
        if (argument == null) {
            argument = scanner.bareArgument();
        }
        if (argument == null || argument.isEmpty()) {
            throw expected("an argument for " + name);
        }
        if (!scanner.accept("]")) {
            throw expected("']' after the argument of " + name);
        }
        return new FieldReference(name, argument, at);
    }

    /** A transformer with its arguments, or null if none stands here. */
    @Nullable
    Operand transformation(boolean rightSide) throws PositionedException {
        Position at = scanner.position();
        for (Transformer transformer : Transformer.values()) {
            if ((rightSide || transformer != Transformer.VAL) && scanner.acceptCall(transformer.symbol(), false)) {
                if (++depth > MAX_DEPTH) {
                    throw new PositionedException(at, "transformers nested deeper than " + MAX_DEPTH + " levels");
                }
                Operand result = new Transformation(transformer, arguments(transformer), at);
                depth--;
                return result;
            }
        }
        return null;
    }

    private List<Value> arguments(Transformer transformer) throws PositionedException {
        List<Value> arguments = new ArrayList<>();
        do {
            scanner.skipBlanks();
            arguments.add(argument(transformer));
            scanner.skipBlanks();
        } while (scanner.accept(","));
        if (!scanner.accept(")")) {
            throw expected("',' or ')' in the arguments of " + transformer.symbol());
        }
        return arguments;
    }

    private Value argument(Transformer transformer) throws PositionedException {
        Position at = scanner.position();
        Operand nested = transformation(false);
        if (nested != null) {
            return nested;
        }
        if (scanner.accept("(")) {
            return elements(at);
        }
        String quoted = scanner.quoted();
        if (quoted != null) {
            return new Literal(quoted, at);
        }
        String name = scanner.name();
        if (name != null && name.indexOf('.') > 0) {
            return fieldAfter(name, at);
        }
        throw new PositionedException(at, transformer.symbol() + " wants a field, a transformer or a quoted text");
    }

    Value rightSide(Operator.Side side) throws PositionedException {
        Position at = scanner.position();
        Operand computed = transformation(true);
        if (computed != null) {
            return computed;
        }
        return switch (side) {
            case NUMBER -> {
                String number = scanner.number();
                if (number == null) {
                    throw expected("a number");
                }
                yield new Literal(number, at);
            }
            case TEXT -> {
                Literal literal = literal();
                if (literal == null) {
                    throw expected("a value");
                }
                yield literal;
            }
            case LIST -> {
                if (scanner.accept("(")) {
                    yield elements(at);
                }
                String name = scanner.name();
                if (name == null) {
                    throw expected("'(' or the name of a list");
                }
                yield new ListReference(name, at);
            }
        };
    }

    /** The list of a modifier, of which the parenthesis has been read. */
    Literals list() throws PositionedException {
        return elements(scanner.position());
    }

    private Literals elements(Position at) throws PositionedException {
        List<Literal> elements = new ArrayList<>();
        scanner.skipBlanks();
        if (scanner.accept(")")) {
            return new Literals(elements, at);
        }
        do {
            scanner.skipBlanks();
            Literal element = literal();
            if (element == null) {
                throw expected("a value in the list");
            }
            elements.add(element);
            scanner.skipBlanks();
        } while (scanner.accept(","));
        if (!scanner.accept(")")) {
            throw expected("',' or ')' in the list that starts at " + at);
        }
        return new Literals(elements, at);
    }

    private @Nullable Literal literal() throws PositionedException {
        Position at = scanner.position();
        String quoted = scanner.quoted();
        if (quoted != null) {
            return new Literal(quoted, at);
        }
        String bare = scanner.bareText();
        return bare == null ? null : new Literal(bare, at);
    }

    private PositionedException expected(String what) {
        return new PositionedException(scanner.position(), "expected " + what + ", found " + scanner.here());
    }
}
