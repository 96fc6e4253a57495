/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

import dev.defender.rules.source.Position;
import java.util.List;

/** What a check compares: the right side, and the arguments of a transformer. */
public sealed interface Value {
    Position at();

    /** Text or number as the author meant it: quotes and escapes are gone. */
    record Literal(String text, Position at) implements Value {}

    /** {@code (a, b)}, possibly empty. */
    record Literals(List<Literal> elements, Position at) implements Value {
        public Literals {
            elements = List.copyOf(elements);
        }
    }

    /** The name of a list where a list is wanted; it is left only if no such list was defined. */
    record ListReference(String name, Position at) implements Value {}

    /** Something computed from the event. */
    sealed interface Operand extends Value {}

    /**
     * A field.
     *
     * @param name without argument, such as {@code proc.aname}
     * @param argument what stood in brackets; empty = none
     */
    record FieldReference(String name, String argument, Position at) implements Operand {
        @Override
        public String toString() {
            return argument.isEmpty() ? name : name + "[" + argument + "]";
        }
    }

    /** A transformer and what it is applied to. */
    record Transformation(Transformer transformer, List<Value> arguments, Position at) implements Operand {
        public Transformation {
            arguments = List.copyOf(arguments);
        }
    }
}
