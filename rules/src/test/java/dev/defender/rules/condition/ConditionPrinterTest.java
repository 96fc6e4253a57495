/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

import static dev.defender.rules.condition.ConditionArbitraries.NOWHERE;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.defender.rules.condition.Value.Operand;
import dev.defender.rules.condition.Value.Transformation;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Printing and parsing are inverse, for any tree. */
class ConditionPrinterTest {
    @Property(tries = 600)
    void parsingWhatWasPrintedGivesTheTreeBack(@ForAll("conditions") Condition condition) throws PositionedException {
        Condition parsed = ConditionParser.parse(SourceText.verbatim(NOWHERE, ConditionPrinter.print(condition)));
        assertThat(withoutPositions(parsed)).isEqualTo(condition);
    }

    @Provide
    Arbitrary<Condition> conditions() {
        return ConditionArbitraries.conditions();
    }

    private static Condition withoutPositions(Condition condition) {
        return switch (condition) {
            case Or or -> new Or(all(or.operands()), NOWHERE);
            case And and -> new And(all(and.operands()), NOWHERE);
            case Not not -> new Not(withoutPositions(not.operand()), NOWHERE);
            case MacroReference macro -> new MacroReference(macro.name(), NOWHERE);
            case Exists exists -> new Exists((Operand) withoutPositions(exists.left()), NOWHERE);
            case Check check ->
                new Check(
                        (Operand) withoutPositions(check.left()),
                        check.operator(),
                        check.modifier(),
                        withoutPositions(check.right()),
                        NOWHERE);
        };
    }

    private static List<Condition> all(List<Condition> conditions) {
        return conditions.stream().map(ConditionPrinterTest::withoutPositions).toList();
    }

    private static Value withoutPositions(Value value) {
        return switch (value) {
            case Literal literal -> new Literal(literal.text(), NOWHERE);
            case Literals list ->
                new Literals(
                        list.elements().stream()
                                .map(element -> new Literal(element.text(), NOWHERE))
                                .toList(),
                        NOWHERE);
            case ListReference list -> new ListReference(list.name(), NOWHERE);
            case FieldReference field -> new FieldReference(field.name(), field.argument(), NOWHERE);
            case Transformation transformation ->
                new Transformation(
                        transformation.transformer(),
                        transformation.arguments().stream()
                                .map(ConditionPrinterTest::withoutPositions)
                                .toList(),
                        NOWHERE);
        };
    }
}
