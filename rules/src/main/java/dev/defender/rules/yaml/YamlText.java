/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.yaml;

import dev.defender.rules.source.Position;
import java.util.Arrays;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** The characters of a rule file, by index and by line. */
final class YamlText {
    private final String file;
    private final String raw;
    private final int[] lineStarts;

    YamlText(String file, String raw) {
        this.file = file;
        this.raw = raw;
        int[] starts = new int[16];
        int lines = 1;
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '\n') {
                if (lines == starts.length) {
                    starts = Arrays.copyOf(starts, lines * 2);
                }
                starts[lines++] = i + 1;
            }
        }
        lineStarts = Arrays.copyOf(starts, lines);
    }

    String raw() {
        return raw;
    }

    Position position(Optional<Mark> mark) {
        return mark.map(known -> new Position(file, known.getLine() + 1, known.getColumn() + 1))
                .orElse(Position.of(file));
    }

    /** Where the character at {@code index} stands. */
    Position position(int index) {
        int found = Arrays.binarySearch(lineStarts, index);
        int line = found >= 0 ? found : -found - 2;
        return new Position(file, line + 1, index - lineStarts[line] + 1);
    }

    /** Index of a mark; marks count code points within the line. */
    int index(Mark mark) {
        int line = Math.min(mark.getLine(), lineStarts.length - 1);
        int start = lineStarts[line];
        int index = start;
        for (int column = 0; column < mark.getColumn() && index < raw.length(); column++) {
            index += Character.charCount(raw.codePointAt(index));
        }
        return index;
    }

    /** Index behind the line that holds {@code index}. */
    int nextLine(int index) {
        int end = raw.indexOf('\n', index);
        return end < 0 ? raw.length() : end + 1;
    }
}
