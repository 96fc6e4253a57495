/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.catalogue.EventNames;
import dev.defender.rules.catalogue.FieldType;
import dev.defender.rules.comparison.BadValueException;
import dev.defender.rules.comparison.Literals;
import dev.defender.rules.comparison.LongTest;
import dev.defender.rules.comparison.LongTests;
import dev.defender.rules.comparison.Network;
import dev.defender.rules.comparison.TextTest;
import dev.defender.rules.comparison.TextTests;
import dev.defender.rules.comparison.TextValue;
import dev.defender.rules.condition.Condition.Check;
import dev.defender.rules.condition.Modifier;
import dev.defender.rules.condition.Operator;
import dev.defender.rules.condition.Value;
import dev.defender.rules.field.EventType;
import dev.defender.rules.source.PositionedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns operator, modifier and literals of a check into a test. */
final class RightSide {
    private final Operator operator;
    private final Check check;
    private final List<String> values;

    RightSide(Check check) throws PositionedException {
        this.check = check;
        this.operator = check.operator();
        this.values = switch (check.right()) {
            case Value.Literal literal -> List.of(literal.text());
            case Value.Literals list ->
                list.elements().stream().map(Value.Literal::text).toList();
            case Value.ListReference list ->
                throw new PositionedException(list.at(), "undefined list '" + list.name() + "'");
            case Value.Operand operand -> throw new PositionedException(operand.at(), "a field cannot stand here");
        };
        if (check.modifier() == Modifier.ONEOF) {
            throw new PositionedException(
                    check.at(), "modifier oneof is not evaluated yet; evaluated are anyof and allof");
        }
    }

    /** What the test must answer: negation is kept out of tests, so that it never turns a missing value into a match. */
    boolean wanted() {
        return operator != Operator.NOT_EQUAL || check.modifier() != null;
    }

    TextTest textTest() throws BadValueException {
        if (check.modifier() != null) {
            return TextTests.spread(operator, values, check.modifier() == Modifier.ALLOF);
        }
        return switch (operator) {
            case IN, INTERSECTS -> TextTests.in(values);
            case PMATCH -> TextTests.pathPrefix(values);
            default -> TextTests.of(operator, values.get(0));
        };
    }

    /** Whether this is a search for texts that are not empty, which one pass over the field does for all rules. */
    boolean isSearch() {
        return (operator == Operator.CONTAINS || operator == Operator.ICONTAINS)
                && values.stream().noneMatch(String::isEmpty);
    }

    Predicate search(Slots slots, int slot) {
        boolean fold = operator == Operator.ICONTAINS;
        BitSet wanted = new BitSet();
        for (String value : values) {
            wanted.set(slots.needles(slot, fold).add(value));
        }
        boolean all = check.modifier() != Modifier.ANYOF;
        return new TextPredicates.Holds(slot, fold, wanted.toLongArray(), all, literals(all));
    }

    /** Of texts that must all occur, the longest is the rarest. */
    private @Nullable Literals literals(boolean all) {
        List<byte[]> texts = values.stream()
                .map(value -> value.getBytes(StandardCharsets.UTF_8))
                .sorted(Comparator.comparingInt(text -> -text.length))
                .toList();
        if (all && texts.isEmpty()) {
            return null;
        }
        return new Literals(Literals.Place.INSIDE, all ? texts.subList(0, 1) : texts);
    }

    LongTest longTest(FieldType type) throws BadValueException {
        List<Long> numbers = new ArrayList<>();
        for (String value : values) {
            numbers.add(type == FieldType.FLAG ? LongTests.parseFlag(value) : LongTests.parse(value));
        }
        return operator == Operator.IN || operator == Operator.INTERSECTS
                ? LongTests.in(numbers)
                : LongTests.of(operator, numbers.get(0));
    }

    /** Whether the test answers alike for every number from {@code least} on, however large. */
    boolean isSettledFor(long least) throws BadValueException {
        if (values.size() != 1) {
            return false;
        }
        long value = LongTests.parse(values.get(0));
        return switch (operator) {
            case EQUAL, NOT_EQUAL, IN, INTERSECTS -> value < least;
            case LESS, GREATER_OR_EQUAL -> value <= least;
            default -> value < least;
        };
    }

    List<Network> networks() throws BadValueException {
        List<Network> networks = new ArrayList<>();
        for (String value : values) {
            networks.add(Network.parse(value));
        }
        return List.copyOf(networks);
    }

    /** The test of {@code evt.type}, answered now. */
    boolean typeTest(EventType type) throws BadValueException, PositionedException {
        if (operator == Operator.EQUAL || operator == Operator.NOT_EQUAL || operator == Operator.IN) {
            for (String value : values) {
                requireKnownType(value);
            }
        }
        TextValue name = new TextValue();
        byte[] bytes = type.falcoName().getBytes(StandardCharsets.US_ASCII);
        name.slice().wrap(bytes, 0, bytes.length);
        return textTest().test(name);
    }

    private void requireKnownType(String name) throws PositionedException {
        if (!EventNames.isKnown(name)) {
            throw new PositionedException(
                    check.right().at(), "unknown event type '" + name + "'" + EventNames.hint(name));
        }
    }
}
