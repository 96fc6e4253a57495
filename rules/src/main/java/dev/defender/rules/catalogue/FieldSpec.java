/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * One name of the catalogue.
 *
 * @param access how it is read without an argument
 * @param indexed how it is read with a depth as argument; null = it takes none
 * @param keyed how it is read with a key as argument; null = it takes none
 */
public record FieldSpec(
        String name,
        FieldType type,
        Access access,
        @Nullable IntFunction<Access> indexed,
        @Nullable Function<String, Access> keyed) {
    static FieldSpec text(String name, TextReader reader) {
        return new FieldSpec(name, FieldType.TEXT, new Access.Text(reader), null, null);
    }

    /** {@code name[key]}; without a key it has no value. */
    static FieldSpec keyed(String name, Function<String, TextReader> reader) {
        return new FieldSpec(
                name, FieldType.TEXT, new Access.NotCarried(), null, key -> new Access.Text(reader.apply(key)));
    }

    static FieldSpec number(String name, NumberReader reader) {
        return new FieldSpec(name, FieldType.NUMBER, new Access.Number(reader), null, null);
    }

    static FieldSpec flag(String name, NumberReader reader) {
        return new FieldSpec(name, FieldType.FLAG, new Access.Number(reader), null, null);
    }

    /** {@code name} = any ancestor, {@code name[n]} = the one at depth n, 0 being the process itself. */
    static FieldSpec ancestors(String name, Access.AncestorTextReader reader) {
        return new FieldSpec(
                name,
                FieldType.TEXT,
                new Access.AncestorText(reader),
                depth -> new Access.Text((event, into) -> reader.read(event, depth, into)),
                null);
    }

    static FieldSpec ancestors(String name, Access.AncestorNumberReader reader) {
        return new FieldSpec(
                name,
                FieldType.NUMBER,
                new Access.AncestorNumber(reader),
                depth -> new Access.Number(event -> reader.read(event, depth)),
                null);
    }
}
