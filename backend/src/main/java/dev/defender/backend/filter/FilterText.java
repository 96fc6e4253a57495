/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

/** What every filter must be before it is read: short, and text that a store can hold. */
final class FilterText {
    /** Longest filter in UTF-16 units; a page's search line with room to spare. */
    static final int MAX_LENGTH = 4096;

    private FilterText() {}

    static void check(String source) throws FilterException {
        if (source.length() > MAX_LENGTH) {
            throw new FilterException("a filter is at most " + MAX_LENGTH + " characters long", MAX_LENGTH);
        }
        for (int i = 0; i < source.length(); i++) {
            char c = source.charAt(i);
            // PostgreSQL refuses U+0000 in any text.
            if (c == 0) {
                throw new FilterException("a filter cannot contain the character U+0000", i);
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < source.length()
                    && Character.isLowSurrogate(source.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new FilterException("a filter must be well-formed Unicode; half a character stands here", i);
            }
        }
    }
}
