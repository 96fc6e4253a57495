/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.source;

import java.util.Arrays;

/**
 * A text of which every character knows where it came from, so that an error in a condition points into the file even after
 * folding by YAML, substitution of lists and appending of overrides. Immutable.
 */
public final class SourceText {
    private final String file;
    private final String text;
    private final int[] lines;
    private final int[] columns;

    private SourceText(String file, String text, int[] lines, int[] columns) {
        this.file = file;
        this.text = text;
        this.lines = lines;
        this.columns = columns;
    }

    /** Text that stands in the file exactly as it is, from that place on. */
    public static SourceText verbatim(Position start, String text) {
        Builder builder = new Builder(start.file());
        int line = start.line();
        int column = start.column();
        for (int i = 0; i < text.length(); i++) {
            builder.append(text.charAt(i), line, column);
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return builder.build();
    }

    public String text() {
        return text;
    }

    public int length() {
        return text.length();
    }

    /** Where the character at {@code index} stands; past the end, just behind the last one. */
    public Position at(int index) {
        if (text.isEmpty()) {
            return Position.of(file);
        }
        int last = text.length() - 1;
        return index <= last
                ? new Position(file, lines[index], columns[index])
                : new Position(file, lines[last], columns[last] + 1);
    }

    /** Assembles a text from characters and pieces of other texts. */
    public static final class Builder {
        private final String file;
        private final StringBuilder text = new StringBuilder();
        private int[] lines = new int[64];
        private int[] columns = new int[64];

        /** @param file for positions in the result; pieces keep their lines and columns */
        public Builder(String file) {
            this.file = file;
        }

        public Builder append(char c, int line, int column) {
            if (text.length() == lines.length) {
                lines = Arrays.copyOf(lines, lines.length * 2);
                columns = Arrays.copyOf(columns, columns.length * 2);
            }
            lines[text.length()] = line;
            columns[text.length()] = column;
            text.append(c);
            return this;
        }

        /** All of {@code added} as if it stood at that one place. */
        public Builder append(String added, Position at) {
            for (int i = 0; i < added.length(); i++) {
                append(added.charAt(i), at.line(), at.column());
            }
            return this;
        }

        /** A piece of another text with its own positions. */
        public Builder append(SourceText other, int from, int to) {
            for (int i = from; i < to; i++) {
                append(other.text.charAt(i), other.lines[i], other.columns[i]);
            }
            return this;
        }

        /** Forgets everything from {@code length} on. */
        public void truncate(int length) {
            text.setLength(length);
        }

        public SourceText build() {
            int length = text.length();
            return new SourceText(file, text.toString(), Arrays.copyOf(lines, length), Arrays.copyOf(columns, length));
        }
    }
}
