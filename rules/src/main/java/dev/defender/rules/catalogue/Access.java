/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import dev.defender.rules.field.Slice;

/** How the values of a field, argument included, are reached. A field may have more than one value. */
public sealed interface Access {
    /** One text, or the bytes of one address. */
    record Text(TextReader reader) implements Access {}

    /** One number or flag. */
    record Number(NumberReader reader) implements Access {}

    /** A text of each ancestor: a check holds if it holds for any of them. */
    record AncestorText(AncestorTextReader reader) implements Access {}

    /** A number of each ancestor: a check holds if it holds for any of them. */
    record AncestorNumber(AncestorNumberReader reader) implements Access {}

    /** The address of either end of a connection. */
    record EndAddress(TextReader client, TextReader server) implements Access {}

    /** The port of either end of a connection. */
    record EndPort(NumberReader client, NumberReader server) implements Access {}

    /** The event's type, known when a rule is compiled. */
    record EventTypeName() implements Access {}

    /** A field of the language for which the sensor has no value yet: always missing. */
    record NotCarried() implements Access {}

    /** Reads a text of the ancestor at {@code depth}; 1 = parent. */
    @FunctionalInterface
    interface AncestorTextReader {
        boolean read(Occurrence event, int depth, Slice into);
    }

    /** Reads a number of the ancestor at {@code depth}; 1 = parent. */
    @FunctionalInterface
    interface AncestorNumberReader {
        long read(Occurrence event, int depth);
    }
}
