/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

import dev.defender.rules.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Syntax tree of a condition. Every node knows where it was written. */
public sealed interface Condition {
    Position at();

    /** True if one operand is; at least two operands. */
    record Or(List<Condition> operands, Position at) implements Condition {
        public Or {
            operands = List.copyOf(operands);
        }
    }

    /** True if all operands are; at least two operands. */
    record And(List<Condition> operands, Position at) implements Condition {
        public And {
            operands = List.copyOf(operands);
        }
    }

    record Not(Condition operand, Position at) implements Condition {}

    /** A bare name: the condition of the macro so named. */
    record MacroReference(String name, Position at) implements Condition {}

    /** {@code field exists}. */
    record Exists(Value.Operand left, Position at) implements Condition {}

    /**
     * One comparison.
     *
     * @param modifier only with operators of side TEXT and a list on the right
     */
    record Check(
            Value.Operand left, Operator operator, @Nullable Modifier modifier, Value right, Position at)
            implements Condition {}
}
