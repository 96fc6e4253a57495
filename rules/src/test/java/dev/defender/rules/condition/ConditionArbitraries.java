/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

import dev.defender.rules.condition.Condition.And;
import dev.defender.rules.condition.Condition.Check;
import dev.defender.rules.condition.Condition.Exists;
import dev.defender.rules.condition.Condition.MacroReference;
import dev.defender.rules.condition.Condition.Not;
import dev.defender.rules.condition.Condition.Or;
import dev.defender.rules.condition.Value.FieldReference;
import dev.defender.rules.condition.Value.Literal;
import dev.defender.rules.condition.Value.Literals;
import dev.defender.rules.condition.Value.Operand;
import dev.defender.rules.condition.Value.Transformation;
import dev.defender.rules.source.Position;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any syntax tree that the grammar can express. */
final class ConditionArbitraries {
    static final Position NOWHERE = new Position("x", 1, 1);

    private ConditionArbitraries() {}

    static Arbitrary<Condition> conditions() {
        return conditions(3);
    }

    private static Arbitrary<Condition> conditions(int depth) {
        if (depth == 0) {
            return leaf();
        }
        Arbitrary<Condition> inner = conditions(depth - 1);
        Arbitrary<List<Condition>> operands = inner.list().ofMinSize(2).ofMaxSize(3);
        return Arbitraries.oneOf(
                leaf(),
                inner.map(operand -> new Not(operand, NOWHERE)),
                operands.map(list -> new And(list, NOWHERE)),
                operands.map(list -> new Or(list, NOWHERE)));
    }

    private static Arbitrary<Condition> leaf() {
        return Arbitraries.oneOf(
                Arbitraries.of("spawned", "is_shell2", "android", "orwell", "nothing")
                        .map(name -> new MacroReference(name, NOWHERE)),
                operand().map(left -> new Exists(left, NOWHERE)),
                numberCheck(),
                textCheck(),
                listCheck(),
                modifiedCheck());
    }

    private static Arbitrary<Condition> numberCheck() {
        Arbitrary<Value> number = Arbitraries.oneOf(
                Arbitraries.longs().map(n -> new Literal(String.valueOf(n), NOWHERE)),
                Arbitraries.of("0x1f", "1.25", "+7").map(n -> new Literal(n, NOWHERE)),
                right());
        return check(Operator.Side.NUMBER, number);
    }

    private static Arbitrary<Condition> textCheck() {
        return check(Operator.Side.TEXT, Arbitraries.oneOf(literal().map(x -> (Value) x), right()));
    }

    private static Arbitrary<Condition> listCheck() {
        return check(
                Operator.Side.LIST,
                Arbitraries.oneOf(
                        literals().map(x -> (Value) x),
                        Arbitraries.of("list_a", "b").map(name -> new Value.ListReference(name, NOWHERE)),
                        right()));
    }

    private static Arbitrary<Condition> modifiedCheck() {
        return Combinators.combine(operand(), operator(Operator.Side.TEXT), Arbitraries.of(Modifier.class), literals())
                .as((left, operator, modifier, list) -> new Check(left, operator, modifier, list, NOWHERE));
    }

    private static Arbitrary<Condition> check(Operator.Side side, Arbitrary<Value> right) {
        return Combinators.combine(operand(), operator(side), right)
                .as((left, operator, value) -> new Check(left, operator, null, value, NOWHERE));
    }

    private static Arbitrary<Operator> operator(Operator.Side side) {
        return Arbitraries.of(Arrays.stream(Operator.values())
                .filter(operator -> operator.side() == side)
                .toList());
    }

    private static Arbitrary<Value> right() {
        return Arbitraries.oneOf(
                field().map(field -> new Transformation(Transformer.VAL, List.of(field), NOWHERE)),
                transformation().map(x -> x));
    }

    private static Arbitrary<Operand> operand() {
        return Arbitraries.oneOf(field().map(x -> x), transformation());
    }

    private static Arbitrary<Operand> transformation() {
        Arbitrary<Transformer> transformer = Arbitraries.of(Transformer.class).filter(t -> t != Transformer.VAL);
        Arbitrary<Value> argument = Arbitraries.oneOf(
                field().map(x -> x), literal().map(x -> x), literals().map(x -> x));
        return Combinators.combine(transformer, argument.list().ofMinSize(1).ofMaxSize(3))
                .as((name, arguments) -> new Transformation(name, arguments, NOWHERE));
    }

    private static Arbitrary<FieldReference> field() {
        Arbitrary<String> name =
                Arbitraries.of("proc.name", "fd.sip.name", "evt.arg.flags", "ka.req.pod.containers.image");
        Arbitrary<String> argument =
                Arbitraries.oneOf(Arbitraries.just(""), Arbitraries.of("1", "/root*", "a b", "\"q\"", "it's"));
        return Combinators.combine(name, argument).as((n, a) -> new FieldReference(n, a, NOWHERE));
    }

    private static Arbitrary<Literals> literals() {
        return literal().list().ofMaxSize(4).map(list -> new Literals(list, NOWHERE));
    }

    private static Arbitrary<Literal> literal() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(6),
                        Arbitraries.of(
                                "and", "in", "exists", "(", ")", ",", "\\", "\"", "'", "a b", "\n", "<NA>", "anyof"))
                .map(text -> new Literal(text, NOWHERE));
    }
}
