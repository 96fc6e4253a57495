/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.output;

import dev.defender.rules.catalogue.Occurrence;
import dev.defender.rules.engine.ResolvedOperand;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import java.util.List;

/**
 * A compiled output: text with {@code %field}, {@code %field[arg]}, {@code %transformer(field)} and, before any of them, a
 * least width ({@code %20proc.name}). {@code %%} is a percent sign. A missing value is written {@code <NA>}.
 */
public final class OutputFormat {
    private final List<Piece> pieces;

    private OutputFormat(List<Piece> pieces) {
        this.pieces = pieces;
    }

    public static OutputFormat parse(SourceText source) throws PositionedException {
        return new OutputFormat(new OutputParser(source).parse());
    }

    /** The text for one event. Allocates. */
    public String render(Occurrence event) {
        StringBuilder text = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Fixed fixed -> text.append(fixed.text());
                case Piece.Placeholder placeholder -> {
                    String value = FieldText.of(placeholder.field(), event);
                    text.append(value);
                    for (int width = value.length(); width < placeholder.width(); width++) {
                        text.append(' ');
                    }
                }
            }
        }
        return text.toString();
    }

    /** Part of an output. */
    sealed interface Piece {
        record Fixed(String text) implements Piece {}

        record Placeholder(ResolvedOperand field, int width) implements Piece {}
    }
}
