/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.output;

import dev.defender.rules.catalogue.FieldCatalogue;
import dev.defender.rules.condition.Transformer;
import dev.defender.rules.condition.Value.FieldReference;
import dev.defender.rules.condition.Value.Operand;
import dev.defender.rules.condition.Value.Transformation;
import dev.defender.rules.engine.OperandResolver;
import dev.defender.rules.output.OutputFormat.Piece;
import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits an output into fixed text and placeholders. */
final class OutputParser {
    private final SourceText source;
    private final String text;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder fixed = new StringBuilder();
    private int index;

    OutputParser(SourceText source) {
        this.source = source;
        this.text = source.text().strip();
    }

    List<Piece> parse() throws PositionedException {
        while (index < text.length()) {
            char c = text.charAt(index++);
            if (c != '%') {
                fixed.append(c == '\n' ? ' ' : c);
            } else if (index < text.length() && text.charAt(index) == '%') {
                fixed.append('%');
                index++;
            } else {
                flush();
                int width = width();
                pieces.add(new Piece.Placeholder(OperandResolver.resolve(operand()), width));
            }
        }
        flush();
        return List.copyOf(pieces);
    }

    private void flush() {
        if (!fixed.isEmpty()) {
            pieces.add(new Piece.Fixed(fixed.toString()));
            fixed.setLength(0);
        }
    }

    private int width() {
        int width = 0;
        while (index < text.length() && Character.isDigit(text.charAt(index)) && width < 1000) {
            width = 10 * width + Character.digit(text.charAt(index++), 10);
        }
        return width;
    }

    private Operand operand() throws PositionedException {
        Position at = source.at(index);
        for (Transformer transformer : Transformer.values()) {
            if (text.startsWith(transformer.symbol() + "(", index)) {
                index += transformer.symbol().length() + 1;
                Operand inner = operand();
                if (index >= text.length() || text.charAt(index) != ')') {
                    throw new PositionedException(source.at(index), "expected ')' after " + transformer.symbol());
                }
                index++;
                return new Transformation(transformer, List.of(inner), at);
            }
        }
        String name = longestName();
        if (name == null) {
            throw new PositionedException(
                    at, "no field follows this %" + FieldCatalogue.hint(run()) + "; write %% for a percent sign");
        }
        index += name.length();
        return new FieldReference(name, argument(), at);
    }

    /** The longest run of name characters that is a field, so that a full stop may follow a field. */
    private @Nullable String longestName() {
        for (String name = run(); !name.isEmpty(); name = name.substring(0, name.length() - 1)) {
            char last = name.charAt(name.length() - 1);
            if (last != '.' && (FieldCatalogue.find(name) != null || FieldCatalogue.isKnownButNotCarried(name))) {
                return name;
            }
        }
        return null;
    }

    private String run() {
        int end = index;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "._".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return text.substring(index, end);
    }

    private String argument() throws PositionedException {
        if (index >= text.length() || text.charAt(index) != '[') {
            return "";
        }
        int close = text.indexOf(']', index);
        if (close < 0) {
            throw new PositionedException(source.at(index), "this '[' is never closed");
        }
        String argument = text.substring(index + 1, close);
        index = close + 1;
        return argument;
    }
}
