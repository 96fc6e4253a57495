/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

/** Told of each match, on the matcher's thread, before the matcher goes on. */
@FunctionalInterface
public interface MatchHandler {
    void onMatch(Match match);
}
