/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.source.RuleLoadException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Holds the rule set in force. Any thread may replace it; matchers turn to the new one with their next event. */
public final class RuleSetReference {
    private volatile RuleSet current;

    public RuleSetReference(RuleSet initial) {
        current = initial;
    }

    public RuleSet current() {
        return current;
    }

    public void replace(RuleSet next) {
        current = next;
    }

    /**
     * Loads the files and puts them in force; if anything is wrong, the set in force stays.
     *
     * @return the new set
     */
    public RuleSet reload(List<Path> paths, Matching matching) throws RuleLoadException, IOException {
        RuleSet next = RuleSet.load(paths, matching);
        replace(next);
        return next;
    }
}
