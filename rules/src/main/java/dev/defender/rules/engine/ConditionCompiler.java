/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.Access;
import dev.defender.rules.catalogue.FieldType;
import dev.defender.rules.comparison.BadValueException;
import dev.defender.rules.comparison.LongTest;
import dev.defender.rules.comparison.LongTests;
import dev.defender.rules.condition.Condition;
import dev.defender.rules.condition.Condition.And;
import dev.defender.rules.condition.Condition.Check;
import dev.defender.rules.condition.Condition.Exists;
import dev.defender.rules.condition.Condition.MacroReference;
import dev.defender.rules.condition.Condition.Not;
import dev.defender.rules.condition.Condition.Or;
import dev.defender.rules.condition.Operator;
import dev.defender.rules.condition.Value;
import dev.defender.rules.field.EventType;
import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles conditions, once per event type: {@code evt.type} is known then, so checks on it vanish and a condition that cannot
 * hold for the type folds to false. That is the event-type index of the language ({@code and} = intersection, {@code or} =
 * union, {@code not} = complement) without a second set of rules for it.
 */
public final class ConditionCompiler {
    /** Counts from 1, so that rule authors write {@code evt.num = 0} for "never" and {@code evt.num > 0} for "always". */
    private static final String EVENT_COUNT = "evt.num";

    private final Slots slots;
    private final SharedConditions shared;
    private final Map<String, Position> notCarried = new LinkedHashMap<>();

    /**
     * @param slots shared by all conditions of a rule set
     * @param shared the parts that several conditions of the set have in common
     */
    public ConditionCompiler(Slots slots, SharedConditions shared) {
        this.slots = slots;
        this.shared = shared;
    }

    /**
     * The predicate of the condition for events of that type.
     *
     * @param condition with macros resolved
     */
    public Predicate compile(Condition condition, EventType type) throws PositionedException {
        Predicate predicate = compileNode(condition, type);
        return shared.isShared(condition) ? Memo.of(predicate, shared.memo(condition, slots)) : predicate;
    }

    private Predicate compileNode(Condition condition, EventType type) throws PositionedException {
        return switch (condition) {
            case And and -> Connective.and(all(and.operands(), type));
            case Or or -> Connective.or(all(or.operands(), type));
            case Not not -> Connective.not(compile(not.operand(), type));
            case Exists exists -> exists(exists);
            case Check check -> check(check, type);
            case MacroReference macro ->
                throw new PositionedException(macro.at(), "undefined macro '" + macro.name() + "'");
        };
    }

    /** Whether the predicate can never be true. */
    public static boolean isNever(Predicate predicate) {
        return predicate == Constant.FALSE;
    }

    /** Fields met so far that have no value yet, and where each was met first. */
    public Map<String, Position> notCarried() {
        return notCarried;
    }

    private List<Predicate> all(List<Condition> conditions, EventType type) throws PositionedException {
        List<Predicate> predicates = new ArrayList<>();
        for (Condition condition : conditions) {
            predicates.add(compile(condition, type));
        }
        return predicates;
    }

    private Predicate exists(Exists exists) throws PositionedException {
        ResolvedOperand left = OperandResolver.resolve(exists.left());
        return switch (left.access()) {
            case Access.EventTypeName name -> Constant.TRUE;
            case Access.NotCarried missing -> never(left, exists.at());
            case Access.Text text -> new TextPredicates.Present(slots.text(left.key(), text.reader()));
            case Access.Number number -> new NumberPredicates.Present(slots.number(left.key(), number.reader()));
            case Access.AncestorText ancestor -> new TextPredicates.AncestorPresent(ancestor.reader());
            case Access.AncestorNumber ancestor ->
                new NumberPredicates.AnyAncestor(ancestor.reader(), LongTests.any(), true);
            case Access.EndAddress end ->
                new AddressPredicates.EitherEnd(client(left, end), server(left, end), List.of(), false);
            case Access.EndPort end ->
                new NumberPredicates.EitherEnd(client(left, end), server(left, end), LongTests.any(), true);
        };
    }

    private Predicate check(Check check, EventType type) throws PositionedException {
        ResolvedOperand left = OperandResolver.resolve(check.left());
        if (left.access() instanceof Access.NotCarried) {
            return never(left, check.at());
        }
        if (!left.type().allows(check.operator()) || (check.modifier() != null && left.type() != FieldType.TEXT)) {
            throw new PositionedException(
                    check.at(),
                    "operator " + check.operator().symbol() + " does not fit " + left.key() + ", which is "
                            + left.type().noun());
        }
        if (check.right() instanceof Value.Operand right) {
            return fieldComparison(check, left, OperandResolver.resolve(right));
        }
        try {
            return comparison(check, left, type);
        } catch (BadValueException e) {
            throw new PositionedException(check.right().at(), e.getMessage() + " (for " + left.key() + ")");
        }
    }

    private Predicate comparison(Check check, ResolvedOperand left, EventType type)
            throws BadValueException, PositionedException {
        RightSide right = new RightSide(check);
        boolean wanted = right.wanted();
        return switch (left.access()) {
            case Access.NotCarried missing -> never(left, check.at());
            case Access.EventTypeName name -> Constant.of(right.typeTest(type) == wanted);
            case Access.Text text -> {
                int slot = slots.text(left.key(), text.reader());
                if (left.type() == FieldType.TEXT && right.isSearch()) {
                    yield right.search(slots, slot);
                }
                yield left.type() == FieldType.TEXT
                        ? new TextPredicates.One(slot, right.textTest(), wanted)
                        : new AddressPredicates.One(slot, right.networks(), wanted);
            }
            case Access.Number number -> {
                LongTest test = right.longTest(left.type());
                yield left.key().equals(EVENT_COUNT) && right.isSettledFor(1)
                        ? Constant.of(test.test(1) == wanted)
                        : new NumberPredicates.One(slots.number(left.key(), number.reader()), test, wanted);
            }
            case Access.AncestorText ancestor ->
                new TextPredicates.AnyAncestor(ancestor.reader(), right.textTest(), wanted);
            case Access.AncestorNumber ancestor ->
                new NumberPredicates.AnyAncestor(ancestor.reader(), right.longTest(left.type()), wanted);
            case Access.EndAddress end ->
                new AddressPredicates.EitherEnd(client(left, end), server(left, end), right.networks(), wanted);
            case Access.EndPort end ->
                new NumberPredicates.EitherEnd(
                        client(left, end), server(left, end), right.longTest(left.type()), wanted);
        };
    }

    private Predicate fieldComparison(Check check, ResolvedOperand left, ResolvedOperand right)
            throws PositionedException {
        if (right.access() instanceof Access.NotCarried) {
            return never(right, check.at());
        }
        boolean equality = check.operator() == Operator.EQUAL || check.operator() == Operator.NOT_EQUAL;
        if (equality && left.access() instanceof Access.Text first && right.access() instanceof Access.Text second) {
            return new FieldPredicates.SameText(
                    slots.text(left.key(), first.reader()),
                    slots.text(right.key(), second.reader()),
                    check.operator() == Operator.EQUAL);
        }
        boolean order = check.operator() != Operator.IN && check.operator() != Operator.INTERSECTS;
        if (order && left.access() instanceof Access.Number first && right.access() instanceof Access.Number second) {
            return new FieldPredicates.Numbers(
                    slots.number(left.key(), first.reader()),
                    check.operator(),
                    slots.number(right.key(), second.reader()));
        }
        throw new PositionedException(
                check.at(),
                "comparing " + left.key() + " with " + right.key() + " by "
                        + check.operator().symbol()
                        + " is not evaluated yet; evaluated are = and != of two texts, and = != < <= > >= of two numbers");
    }

    private Constant never(ResolvedOperand field, Position at) {
        notCarried.putIfAbsent(field.key(), at);
        return Constant.FALSE;
    }

    private int client(ResolvedOperand field, Access.EndAddress end) {
        return slots.text(field.key() + ":client", end.client());
    }

    private int server(ResolvedOperand field, Access.EndAddress end) {
        return slots.text(field.key() + ":server", end.server());
    }

    private int client(ResolvedOperand field, Access.EndPort end) {
        return slots.number(field.key() + ":client", end.client());
    }

    private int server(ResolvedOperand field, Access.EndPort end) {
        return slots.number(field.key() + ":server", end.server());
    }
}
