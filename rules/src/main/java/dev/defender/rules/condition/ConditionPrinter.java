/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

import dev.defender.rules.condition.Condition.And;
import dev.defender.rules.condition.Condition.Check;
import dev.defender.rules.condition.Condition.Exists;
import dev.defender.rules.condition.Condition.MacroReference;
import dev.defender.rules.condition.Condition.Not;
import dev.defender.rules.condition.Condition.Or;
import dev.defender.rules.condition.Value.FieldReference;
import dev.defender.rules.condition.Value.ListReference;
import dev.defender.rules.condition.Value.Literal;
import dev.defender.rules.condition.Value.Literals;
import dev.defender.rules.condition.Value.Transformation;
import java.util.List;

/**
 * Writes a syntax tree in its one canonical form: parsing that form gives the tree back. Equal trees print alike, whatever
 * blanks and quotes the author used, so the content hash of a rule set is taken over this form.
 */
public final class ConditionPrinter {
    private final StringBuilder out = new StringBuilder();

    private ConditionPrinter() {}

    public static String print(Condition condition) {
        ConditionPrinter printer = new ConditionPrinter();
        printer.condition(condition);
        return printer.out.toString();
    }

    private void condition(Condition condition) {
        switch (condition) {
            case Or or -> operands(or.operands(), " or ");
            case And and -> operands(and.operands(), " and ");
            case Not not -> {
                out.append("not ");
                nested(not.operand());
            }
            case MacroReference macro -> out.append(macro.name());
            case Exists exists -> {
                value(exists.left());
                out.append(" exists");
            }
            case Check check -> check(check);
        }
    }

    private void operands(List<Condition> operands, String between) {
        for (int i = 0; i < operands.size(); i++) {
            out.append(i == 0 ? "" : between);
            nested(operands.get(i));
        }
    }

    /** Groups keep their own parentheses: {@code (a and b) and c} is another tree than {@code a and b and c}. */
    private void nested(Condition condition) {
        boolean group = condition instanceof Or || condition instanceof And || condition instanceof Not;
        out.append(group ? "(" : "");
        condition(condition);
        out.append(group ? ")" : "");
    }

    private void check(Check check) {
        value(check.left());
        out.append(' ').append(check.operator().symbol()).append(' ');
        if (check.modifier() != null) {
            out.append(check.modifier().symbol()).append(' ');
        }
        if (check.operator().side() == Operator.Side.NUMBER && check.right() instanceof Literal number) {
            out.append(number.text());
        } else {
            value(check.right());
        }
    }

    private void value(Value value) {
        switch (value) {
            case Literal literal -> quote(literal.text());
            case Literals list -> {
                out.append('(');
                values(list.elements());
                out.append(')');
            }
            case ListReference list -> out.append(list.name());
            case FieldReference field -> {
                out.append(field.name());
                if (!field.argument().isEmpty()) {
                    out.append('[');
                    quote(field.argument());
                    out.append(']');
                }
            }
            case Transformation transformation -> {
                out.append(transformation.transformer().symbol()).append('(');
                values(transformation.arguments());
                out.append(')');
            }
        }
    }

    private void values(List<? extends Value> values) {
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            value(values.get(i));
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c == '"') {
                        out.append('\\');
                    }
                    out.append(c);
                }
            }
        }
        out.append('"');
    }
}
