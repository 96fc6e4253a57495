/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.source.Position;
import dev.defender.rules.source.SourceText;
import java.util.List;
import java.util.Map;

/**
 * Substitution of lists as the language defines it: on the text. A name counts where it is delimited by blanks or
 * {@code ( ) = ,}; an empty list takes one neighbouring comma with it; after an operator a list brings its own parentheses.
 */
final class ListSubstitution {
    private static final String DELIMITERS = " \t\r\n\b()=,";

    private final SourceText source;
    private final String text;
    private final Map<String, List<String>> lists;
    private final StringBuilder written = new StringBuilder();
    private final SourceText.Builder out;
    private int index;

    ListSubstitution(SourceText source, Map<String, List<String>> lists) {
        this.source = source;
        this.text = source.text();
        this.lists = lists;
        this.out = new SourceText.Builder(source.at(0).file());
    }

    SourceText result() {
        boolean changed = false;
        while (index < text.length()) {
            char c = text.charAt(index);
            if (c == '"' || c == '\'') {
                copy(endOfQuoted(c));
            } else if (DELIMITERS.indexOf(c) >= 0) {
                copy(index + 1);
            } else {
                changed |= word();
            }
        }
        return changed ? out.build() : source;
    }

    private boolean word() {
        int end = index;
        while (end < text.length()
                && DELIMITERS.indexOf(text.charAt(end)) < 0
                && text.charAt(end) != '"'
                && text.charAt(end) != '\'') {
            end++;
        }
        List<String> elements = lists.get(text.substring(index, end));
        if (elements == null) {
            copy(end);
            return false;
        }
        Position at = source.at(index);
        boolean bare = !insideParentheses();
        if (elements.isEmpty() && !bare) {
            index = end;
            dropOneComma();
            return true;
        }
        StringBuilder list = new StringBuilder(bare ? "(" : "");
        for (int i = 0; i < elements.size(); i++) {
            list.append(i == 0 ? "" : ", ").append(Quoting.quoteIfNeeded(elements.get(i)));
        }
        list.append(bare ? ")" : "");
        write(list.toString(), at);
        index = end;
        return true;
    }

    /** Whether what was written before the name shows it to be an element of a list. */
    private boolean insideParentheses() {
        int last = lastWritten();
        return last >= 0 && (written.charAt(last) == '(' || written.charAt(last) == ',');
    }

    private int lastWritten() {
        int last = written.length() - 1;
        while (last >= 0 && Character.isWhitespace(written.charAt(last))) {
            last--;
        }
        return last;
    }

    private void dropOneComma() {
        int next = index;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        if (next < text.length() && text.charAt(next) == ',') {
            index = next + 1;
            return;
        }
        int last = lastWritten();
        if (last >= 0 && written.charAt(last) == ',') {
            written.setLength(last);
            out.truncate(last);
        }
    }

    private int endOfQuoted(char quote) {
        int end = index + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, text.length());
    }

    private void copy(int end) {
        out.append(source, index, end);
        written.append(text, index, end);
        index = end;
    }

    private void write(String added, Position at) {
        out.append(added, at);
        written.append(added);
    }
}
