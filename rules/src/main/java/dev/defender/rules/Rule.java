/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.source.Position;
import java.util.List;

/**
 * What is known of a rule besides its condition.
 *
 * @param name unique in its set
 * @param alertType the catalogue's id or one of ours ({@code DFD.…}): key {@code x-alert-type}, by default {@code DFD.} and
 *     the letters and digits of the name
 * @param severity key {@code x-severity}, by default that of the priority
 * @param tags in file order, as written
 * @param output the output format as written
 * @param dedupFields field names whose values make up the dedup key: key {@code x-dedup}
 * @param position of the rule's item
 */
public record Rule(
        String name,
        String description,
        Priority priority,
        Severity severity,
        String alertType,
        List<String> tags,
        String output,
        List<String> dedupFields,
        Position position) {
    public Rule {
        tags = List.copyOf(tags);
        dedupFields = List.copyOf(dedupFields);
    }
}
