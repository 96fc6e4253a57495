/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.yaml;

import dev.defender.rules.source.Position;
import dev.defender.rules.source.SourceText;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Finds, for each character of a scalar's value, where it stands in the file. YAML folds lines, strips indentation and
 * resolves escapes, but keeps the order of what is not blank, so value and file are walked side by side. Where they disagree
 * (numeric escapes) positions are near, never absent.
 */
final class ScalarAlignment {
    private final YamlText text;
    private final String raw;
    private final ScalarStyle style;
    private int index;

    private ScalarAlignment(YamlText text, ScalarNode node) {
        this.text = text;
        this.raw = text.raw();
        this.style = node.getScalarStyle();
        int start = node.getStartMark().map(text::index).orElse(0);
        this.index = switch (style) {
            case LITERAL, FOLDED -> text.nextLine(start);
            case SINGLE_QUOTED, DOUBLE_QUOTED -> start + 1;
            default -> start;
        };
    }

    static SourceText align(YamlText text, ScalarNode node) {
        ScalarAlignment alignment = new ScalarAlignment(text, node);
        Position start = text.position(node.getStartMark());
        SourceText.Builder builder = new SourceText.Builder(start.file());
        String value = node.getValue();
        for (int i = 0; i < value.length(); i++) {
            Position at = alignment.find(value.charAt(i));
            builder.append(value.charAt(i), at.line(), at.column());
        }
        return builder.build();
    }

    private Position find(char c) {
        if (Character.isWhitespace(c)) {
            Position here = text.position(Math.min(index, raw.length()));
            if (style == ScalarStyle.DOUBLE_QUOTED && standsHere('\\')) {
                index += 2;
            }
            return here;
        }
        while (index < raw.length() && Character.isWhitespace(raw.charAt(index))) {
            index++;
        }
        int found = index;
        if (style == ScalarStyle.DOUBLE_QUOTED && standsHere('\\')) {
            index++;
        } else if (style == ScalarStyle.SINGLE_QUOTED && c == '\'') {
            index++;
        }
        if (standsHere(c)) {
            index++;
        }
        return text.position(Math.min(found, raw.length()));
    }

    private boolean standsHere(char c) {
        return index < raw.length() && raw.charAt(index) == c;
    }
}
