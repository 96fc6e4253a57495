/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shell pattern over the whole text, as fnmatch without flags: {@code *} and {@code ?} match a slash too, {@code [a-c]},
 * {@code [!x]}, backslash escapes. Backtracks to the last star only, so the time is at most text × pattern.
 */
final class Glob extends TextTest {
    private final byte[] pattern;
    private final boolean fold;
    /** How many bytes from the start, and back from the end, mean themselves. */
    private final int literalHead;

    private final int literalTail;

    Glob(byte[] pattern, boolean fold) {
        this.pattern = fold ? Ascii.lower(pattern) : pattern;
        this.fold = fold;
        this.literalHead = fold ? 0 : literalHead(pattern);
        this.literalTail = fold ? 0 : literalTail(pattern);
    }

    private static int literalHead(byte[] pattern) {
        int head = 0;
        while (head < pattern.length && isLiteral(pattern[head])) {
            head++;
        }
        return head;
    }

    /** Behind a star only: there the tail's length is known to be that of the text it matches. */
    private static int literalTail(byte[] pattern) {
        int tail = 0;
        while (tail < pattern.length && isLiteral(pattern[pattern.length - 1 - tail])) {
            tail++;
        }
        boolean behindStar = tail < pattern.length && pattern[pattern.length - 1 - tail] == '*';
        return behindStar && indexOf(pattern, '\\') < 0 ? tail : 0;
    }

    private static int indexOf(byte[] pattern, char wanted) {
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isLiteral(byte b) {
        return b != '*' && b != '?' && b != '[' && b != ']' && b != '\\';
    }

    /** Cheap and mostly final: what the pattern says of both ends of the text. */
    private boolean endsFit(byte[] text, int from, int end) {
        int length = end - from;
        if (length < literalHead || length < literalTail) {
            return false;
        }
        for (int i = 0; i < literalHead; i++) {
            if (text[from + i] != pattern[i]) {
                return false;
            }
        }
        for (int i = 1; i <= literalTail; i++) {
            if (text[end - i] != pattern[pattern.length - i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean test(TextValue value) {
        Slice slice = value.slice();
        return matches(slice.bytes(), slice.offset(), slice.offset() + slice.length());
    }

    boolean matches(byte[] text, int from, int end) {
        if (!endsFit(text, from, end)) {
            return false;
        }
        int t = from;
        int p = 0;
        int starPattern = -1;
        int starText = -1;
        while (t < end) {
            if (p < pattern.length && pattern[p] == '*') {
                starPattern = ++p;
                starText = t;
                continue;
            }
            int next = p < pattern.length ? matchOne(p, fold ? Ascii.lower(text[t]) : text[t]) : -1;
            if (next >= 0) {
                p = next;
                t++;
            } else if (starPattern >= 0) {
                p = starPattern;
                t = ++starText;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    /** Index behind the pattern's element at {@code p} if it matches the byte, else -1. */
    private int matchOne(int p, byte b) {
        switch (pattern[p]) {
            case '?':
                return p + 1;
            case '[':
                int close = closing(p);
                if (close > 0) {
                    return inClass(p + 1, close, b) ? close + 1 : -1;
                }
                return b == '[' ? p + 1 : -1;
            case '\\':
                if (p + 1 < pattern.length) {
                    return pattern[p + 1] == b ? p + 2 : -1;
                }
                return b == '\\' ? p + 1 : -1;
            default:
                return pattern[p] == b ? p + 1 : -1;
        }
    }

    /** Index of the bracket that closes the class opened at {@code open}, or -1; a bracket in first place is a member. */
    private int closing(int open) {
        int first = open + 1;
        if (first < pattern.length && (pattern[first] == '!' || pattern[first] == '^')) {
            first++;
        }
        for (int i = first + 1; i < pattern.length; i++) {
            if (pattern[i] == ']') {
                return i;
            }
        }
        return -1;
    }

    private boolean inClass(int from, int close, byte b) {
        boolean negated = pattern[from] == '!' || pattern[from] == '^';
        int i = negated ? from + 1 : from;
        boolean found = false;
        while (i < close) {
            if (i + 2 < close && pattern[i + 1] == '-') {
                found |= (b & 0xff) >= (pattern[i] & 0xff) && (b & 0xff) <= (pattern[i + 2] & 0xff);
                i += 3;
            } else {
                found |= pattern[i] == b;
                i++;
            }
        }
        return found != negated;
    }

    /** A class of one member at the start, which is how a pattern names a bracket or a star; else nothing. */
    private byte[] bracketed() {
        boolean one = pattern.length >= 3
                && pattern[0] == '['
                && pattern[2] == ']'
                && pattern[1] != '!'
                && pattern[1] != '^'
                && pattern[1] != ']';
        return one ? new byte[] {pattern[1]} : new byte[0];
    }

    @Override
    public @Nullable Literals literals() {
        if (literalHead >= literalTail) {
            byte[] head = literalHead == 0 ? bracketed() : Arrays.copyOf(pattern, literalHead);
            return fold || head.length == 0 ? null : new Literals(Literals.Place.START, List.of(head));
        }
        return new Literals(
                Literals.Place.END, List.of(Arrays.copyOfRange(pattern, pattern.length - literalTail, pattern.length)));
    }

    @Override
    public int cost() {
        return literalHead + literalTail > 0 ? 8 : 25;
    }
}
