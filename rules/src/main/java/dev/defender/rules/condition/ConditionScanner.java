/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.condition;

import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of the grammar, read on demand. What a run of characters means depends on where it stands ({@code in} is an operator
 * after a field and a text after {@code =}), so the parser asks for the token that it wants and nothing is read ahead.
 */
final class ConditionScanner {
    private static final String NOT_BARE = "()\"'=,";
    private static final String NOT_ARGUMENT = "[]\"'";

    private final SourceText source;
    private final String text;
    private int index;

    ConditionScanner(SourceText source) {
        this.source = source;
        this.text = source.text();
    }

    Position position() {
        return source.at(index);
    }

    boolean atEnd() {
        return index >= text.length();
    }

    void skipBlanks() {
        while (!atEnd() && isBlank(text.charAt(index))) {
            index++;
        }
    }

    /** Reads {@code symbol} if it stands here. */
    boolean accept(String symbol) {
        if (!text.startsWith(symbol, index)) {
            return false;
        }
        index += symbol.length();
        return true;
    }

    /** Reads {@code word} if it stands here as a whole word. */
    boolean acceptWord(String word) {
        int end = index + word.length();
        if (!text.startsWith(word, index) || (end < text.length() && isNamePart(text.charAt(end)))) {
            return false;
        }
        index = end;
        return true;
    }

    /** Reads {@code and}, {@code or} or {@code not}: a word that a blank, a parenthesis or nothing follows. */
    boolean acceptKeyword(String word) {
        int end = index + word.length();
        if (!text.startsWith(word, index)) {
            return false;
        }
        if (end < text.length() && !isBlank(text.charAt(end)) && text.charAt(end) != '(') {
            return false;
        }
        index = end;
        return true;
    }

    /** Reads {@code word} if an opening parenthesis follows it, and that too. */
    boolean acceptCall(String word, boolean blanksBetween) {
        int end = index + word.length();
        if (!text.startsWith(word, index)) {
            return false;
        }
        while (blanksBetween && end < text.length() && isBlank(text.charAt(end))) {
            end++;
        }
        if (end >= text.length() || text.charAt(end) != '(') {
            return false;
        }
        index = end + 1;
        return true;
    }

    /** A name with or without dots; a dot that no name follows is not part of it. */
    @Nullable
    String name() {
        int end = nameEnd(index);
        if (end < 0) {
            return null;
        }
        while (end < text.length() && text.charAt(end) == '.' && nameEnd(end + 1) >= 0) {
            end = nameEnd(end + 1);
        }
        return take(end);
    }

    @Nullable
    String number() {
        int end = index;
        if (text.startsWith("0x", index) || text.startsWith("0X", index)) {
            end = index + 2;
            while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
                end++;
            }
            return end == index + 2 ? null : take(end);
        }
        if (end < text.length() && (text.charAt(end) == '-' || text.charAt(end) == '+')) {
            end++;
        }
        int digits = end;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        if (end == digits) {
            return null;
        }
        if (end < text.length() && text.charAt(end) == '.') {
            end++;
            while (end < text.length() && isDigit(text.charAt(end))) {
                end++;
            }
        }
        return take(end);
    }

    @Nullable
    String bareText() {
        return run(NOT_BARE);
    }

    @Nullable
    String bareArgument() {
        return run(NOT_ARGUMENT);
    }

    /** A quoted text without its quotes, escapes resolved; null if no quote stands here. */
    @Nullable
    String quoted() throws PositionedException {
        if (atEnd() || (text.charAt(index) != '"' && text.charAt(index) != '\'')) {
            return null;
        }
        int start = index;
        char quote = text.charAt(index++);
        StringBuilder content = new StringBuilder();
        while (!atEnd() && text.charAt(index) != quote) {
            char c = text.charAt(index);
            if (c == '\\') {
                index++;
                c = escaped(quote);
            }
            content.append(c);
            index++;
        }
        if (atEnd()) {
            throw new PositionedException(source.at(start), "this quote is never closed");
        }
        index++;
        return content.toString();
    }

    private char escaped(char quote) throws PositionedException {
        char c = atEnd() ? ' ' : text.charAt(index);
        // A blank stands for the backslash itself: Falco keeps that for old files.
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case ' ', '\\' -> '\\';
            case '/' -> '/';
            default -> {
                if (c != quote) {
                    throw new PositionedException(
                            source.at(index - 1),
                            "unknown escape \\" + c + " in a text quoted by " + quote + "; write \\\\ for a backslash");
                }
                yield c;
            }
        };
    }

    /** What stands here, shortened, for an error message. */
    String here() {
        if (atEnd()) {
            return "the end of the condition";
        }
        int end = index;
        while (end < text.length() && end - index < 24 && !isBlank(text.charAt(end))) {
            end++;
        }
        return "'" + text.substring(index, Math.max(end, index + 1)) + "'";
    }

    private @Nullable String run(String excluded) {
        int end = index;
        while (end < text.length() && !isBlank(text.charAt(end)) && excluded.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end == index ? null : take(end);
    }

    private String take(int end) {
        String taken = text.substring(index, end);
        index = end;
        return taken;
    }

    /** End of the name without dots that starts at {@code start}, or -1. */
    private int nameEnd(int start) {
        if (start >= text.length() || !isLetter(text.charAt(start))) {
            return -1;
        }
        int end = start + 1;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\b' || c == '\r' || c == '\n';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNamePart(char c) {
        return isLetter(c) || isDigit(c) || c == '_';
    }
}
