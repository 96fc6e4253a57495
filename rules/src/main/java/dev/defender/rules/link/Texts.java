/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.source.SourceText;

/** Joins texts that {@code append} brings together. */
final class Texts {
    private Texts() {}

    /** Both with a blank between. */
    static SourceText join(SourceText first, SourceText second) {
        return new SourceText.Builder(first.at(0).file())
                .append(first, 0, first.length())
                .append(" ", second.at(0))
                .append(second, 0, second.length())
                .build();
    }
}
