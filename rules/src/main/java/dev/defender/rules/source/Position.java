/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.source;

/**
 * A place in a rule file.
 *
 * @param file as the user named it
 * @param line from 1; 0 = the file as a whole
 * @param column from 1, in characters; 0 = the line as a whole
 */
public record Position(String file, int line, int column) {
    /** The file as a whole. */
    public static Position of(String file) {
        return new Position(file, 0, 0);
    }

    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
