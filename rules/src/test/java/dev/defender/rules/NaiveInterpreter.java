/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.condition.Condition;
import dev.defender.rules.condition.Operator;
import dev.defender.rules.condition.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The meaning of a condition, written down as plainly as possible and without a thought for speed: every field is a list of
 * texts (none = missing), numbers are compared as numbers, {@code !=} on the two ends of a connection wants all to differ.
 */
final class NaiveInterpreter {
    private final Map<String, List<String>> fields;

    NaiveInterpreter(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.And and -> and.operands().stream().allMatch(this::holds);
            case Condition.Or or -> or.operands().stream().anyMatch(this::holds);
            case Condition.Not not -> !holds(not.operand());
            case Condition.Exists exists -> !values(exists.left()).isEmpty();
            case Condition.Check check -> check(check);
            case Condition.MacroReference macro -> throw new IllegalArgumentException(macro.name());
        };
    }

    private boolean check(Condition.Check check) {
        List<String> values = values(check.left());
        if (check.operator() == Operator.NOT_EQUAL) {
            Predicate<String> differs = value -> !test(Operator.EQUAL, value, literals(check.right()));
            boolean ends = check.left().toString().equals("fd.port");
            return ends
                    ? !values.isEmpty() && values.stream().allMatch(differs)
                    : values.stream().anyMatch(differs);
        }
        return values.stream().anyMatch(value -> test(check.operator(), value, literals(check.right())));
    }

    private static boolean test(Operator operator, String value, List<String> wanted) {
        String first = wanted.isEmpty() ? "" : wanted.get(0);
        return switch (operator) {
            case EQUAL, NOT_EQUAL -> value.equals(first);
            case IN, INTERSECTS -> wanted.contains(value);
            case STARTSWITH -> value.startsWith(first);
            case ENDSWITH -> value.endsWith(first);
            case CONTAINS -> value.contains(first);
            case ICONTAINS -> value.toLowerCase(Locale.ROOT).contains(first.toLowerCase(Locale.ROOT));
            case GLOB -> glob(first).matcher(value).matches();
            case IGLOB ->
                glob(first.toLowerCase(Locale.ROOT))
                        .matcher(value.toLowerCase(Locale.ROOT))
                        .matches();
            case PMATCH -> wanted.stream().anyMatch(prefix -> pathPrefix(components(prefix), components(value)));
            case LESS -> Long.parseLong(value) < Long.parseLong(first);
            case LESS_OR_EQUAL -> Long.parseLong(value) <= Long.parseLong(first);
            case GREATER -> Long.parseLong(value) > Long.parseLong(first);
            case GREATER_OR_EQUAL -> Long.parseLong(value) >= Long.parseLong(first);
            default -> throw new IllegalArgumentException(operator.symbol());
        };
    }

    private List<String> values(Value.Operand operand) {
        return fields.getOrDefault(operand.toString(), List.of());
    }

    private static List<String> literals(Value value) {
        return switch (value) {
            case Value.Literal literal -> List.of(literal.text());
            case Value.Literals list ->
                list.elements().stream().map(Value.Literal::text).toList();
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static List<String> components(String path) {
        List<String> components = new ArrayList<>();
        for (String component : path.split("/", -1)) {
            if (!component.isEmpty()) {
                components.add(component);
            }
        }
        return components;
    }

    private static boolean pathPrefix(List<String> prefix, List<String> path) {
        if (prefix.size() > path.size()) {
            return false;
        }
        for (int i = 0; i < prefix.size(); i++) {
            if (!glob(prefix.get(i)).matcher(path.get(i)).matches()) {
                return false;
            }
        }
        return true;
    }
}
