/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

/** A rule that holds for the event at hand. Valid only during {@link MatchHandler#onMatch}; the strings may be kept. */
public interface Match {
    Rule rule();

    /** The rule's output with the event's values filled in, {@code <NA>} for a missing one. Allocates. */
    String message();

    /** The rule's name and the values of its dedup fields: equal for matches that are the same thing again. Allocates. */
    String dedupKey();

    /** Content hash of the rule set that matched. */
    String ruleSetHash();
}
