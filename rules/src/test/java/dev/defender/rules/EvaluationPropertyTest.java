/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.rules.condition.Condition;
import dev.defender.rules.condition.Condition.And;
import dev.defender.rules.condition.Condition.Check;
import dev.defender.rules.condition.Condition.Exists;
import dev.defender.rules.condition.Condition.Not;
import dev.defender.rules.condition.Condition.Or;
import dev.defender.rules.condition.ConditionPrinter;
import dev.defender.rules.condition.Operator;
import dev.defender.rules.condition.Value.FieldReference;
import dev.defender.rules.condition.Value.Literal;
import dev.defender.rules.condition.Value.Literals;
import dev.defender.rules.field.EventType;
import dev.defender.rules.field.Field;
import dev.defender.rules.source.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The compiled predicates agree with the naive interpreter on any condition and event. */
class EvaluationPropertyTest {
    private static final Position NOWHERE = new Position("x", 1, 1);
    private static final List<Operator> TEXT_OPERATORS = List.of(
            Operator.EQUAL,
            Operator.NOT_EQUAL,
            Operator.STARTSWITH,
            Operator.ENDSWITH,
            Operator.CONTAINS,
            Operator.ICONTAINS,
            Operator.GLOB,
            Operator.IGLOB);
    private static final List<Operator> NUMBER_OPERATORS = List.of(
            Operator.EQUAL,
            Operator.NOT_EQUAL,
            Operator.LESS,
            Operator.LESS_OR_EQUAL,
            Operator.GREATER,
            Operator.GREATER_OR_EQUAL);

    /** Both views of one event. */
    record Event(EventType type, MapSource source, Map<String, List<String>> fields) {}

    @Property(tries = 400)
    void agreesWithTheNaiveInterpreter(
            @ForAll("conditions") Condition condition, @ForAll("events") List<Event> events) {
        String yaml = "- rule: r\n  desc: d\n  output: o\n  priority: INFO\n  condition: '"
                + ConditionPrinter.print(condition).replace("'", "''") + "'\n";
        RuleSet set = Rules.load(yaml);
        RuleMatcher matcher = new RuleMatcher(new RuleSetReference(set));
        for (Event event : events) {
            boolean expected = new NaiveInterpreter(event.fields()).holds(condition);
            assertThat(matcher.match(event.type(), event.source(), match -> {}) == 1)
                    .as("%s on %s %s", yaml, event.type(), event.source())
                    .isEqualTo(expected);
            assertThat(matcher.match(event.type(), new RoomSource(event.source()), match -> {}) == 1)
                    .isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return conditions(3);
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<List<String>> line = text().list().ofMaxSize(3);
        Arbitrary<Long> number = Arbitraries.longs().between(-2, 3);
        return Combinators.combine(
                        Arbitraries.of(EventType.EXECVE, EventType.OPENAT, EventType.CONNECT),
                        line,
                        text().list().ofMaxSize(1),
                        number.list().ofMaxSize(1),
                        number.list().ofMaxSize(1),
                        number.list().ofMaxSize(1))
                .as(EvaluationPropertyTest::event)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    private static Event event(
            EventType type,
            List<String> names,
            List<String> path,
            List<Long> pid,
            List<Long> clientPort,
            List<Long> serverPort) {
        MapSource source = new MapSource();
        Map<String, List<String>> fields = new HashMap<>();
        fields.put("evt.type", List.of(type.falcoName()));
        source.set(Field.PROC_NAME, names.toArray(String[]::new));
        fields.put("proc.name", names.stream().limit(1).toList());
        fields.put("proc.pname", names.stream().skip(1).limit(1).toList());
        fields.put("proc.aname[2]", names.stream().skip(2).limit(1).toList());
        fields.put("proc.aname", names.stream().skip(1).toList());
        path.forEach(value -> source.set(Field.FD_NAME, value));
        fields.put("fd.name", path);
        pid.forEach(value -> source.set(Field.PROC_TTY, value));
        fields.put("proc.tty", pid.stream().map(String::valueOf).toList());
        clientPort.forEach(value -> source.set(Field.FD_CPORT, value));
        serverPort.forEach(value -> source.set(Field.FD_SPORT, value));
        List<String> ports = new ArrayList<>();
        clientPort.forEach(value -> ports.add(String.valueOf(value)));
        serverPort.forEach(value -> ports.add(String.valueOf(value)));
        fields.put("fd.port", ports);
        fields.put("fd.sport", serverPort.stream().map(String::valueOf).toList());
        return new Event(type, source, fields);
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
        Arbitrary<FieldReference> textField = Arbitraries.of(
                field("proc.name"),
                field("proc.pname"),
                field("proc.aname"),
                field("proc.aname", "2"),
                field("fd.name"));
        Arbitrary<FieldReference> numberField = Arbitraries.of(field("proc.tty"), field("fd.port"), field("fd.sport"));
        Arbitrary<Literal> number = Arbitraries.integers().between(-2, 3).map(value -> literal(String.valueOf(value)));
        Arbitrary<Literal> eventType =
                Arbitraries.of("execve", "openat", "connect", "ptrace").map(EvaluationPropertyTest::literal);
        return Arbitraries.oneOf(
                Arbitraries.oneOf(textField, numberField).map(left -> new Exists(left, NOWHERE)),
                Combinators.combine(textField, Arbitraries.of(TEXT_OPERATORS), text())
                        .as((left, operator, value) -> new Check(left, operator, null, literal(value), NOWHERE)),
                Combinators.combine(
                                textField,
                                Arbitraries.of(Operator.IN, Operator.INTERSECTS, Operator.PMATCH),
                                list(text().map(EvaluationPropertyTest::literal)))
                        .as((left, operator, list) -> new Check(left, operator, null, list, NOWHERE)),
                Combinators.combine(numberField, Arbitraries.of(NUMBER_OPERATORS), number)
                        .as((left, operator, value) -> new Check(left, operator, null, value, NOWHERE)),
                Combinators.combine(numberField, list(number))
                        .as((left, list) -> new Check(left, Operator.IN, null, list, NOWHERE)),
                Combinators.combine(Arbitraries.of(Operator.EQUAL, Operator.NOT_EQUAL), eventType)
                        .as((operator, type) -> new Check(field("evt.type"), operator, null, type, NOWHERE)),
                list(eventType).map(list -> new Check(field("evt.type"), Operator.IN, null, list, NOWHERE)));
    }

    /** Few letters, so that texts meet; stars and slashes for patterns and paths. */
    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("abA/*?").ofMaxLength(6),
                Arbitraries.of("", "/a", "/a/b", "/*/b", "a*", "\u00e9a", "aaaaaaaaaaaaaaaab", "aaaaaaaaaaaaaaaaa"));
    }

    private static Arbitrary<Literals> list(Arbitrary<Literal> element) {
        return element.list().ofMaxSize(4).map(elements -> new Literals(elements, NOWHERE));
    }

    private static FieldReference field(String name) {
        return field(name, "");
    }

    private static FieldReference field(String name, String argument) {
        return new FieldReference(name, argument, NOWHERE);
    }

    private static Literal literal(String text) {
        return new Literal(text, NOWHERE);
    }
}
