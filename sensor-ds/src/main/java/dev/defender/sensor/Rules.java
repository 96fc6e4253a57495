/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.rules.Matching;
import dev.defender.rules.RuleMatcher;
import dev.defender.rules.RuleSet;
import dev.defender.rules.RuleSetReference;
import dev.defender.rules.source.RuleLoadException;
import dev.defender.sensor.detect.Detector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The rules that a start found.
 *
 * @param engine evaluates them, on the event thread
 * @param hash of their content
 * @param size their number
 */
record Rules(Detector.Rules engine, String hash, int size) {
    /** @param paths files and directories; empty = the rules that ship with the sensor */
    static Rules load(List<Path> paths) throws StartException {
        try {
            RuleSet set = paths.isEmpty() ? RuleSet.builtIn(Matching.ALL) : RuleSet.load(paths, Matching.ALL);
            RuleMatcher matcher = new RuleMatcher(new RuleSetReference(set));
            return new Rules(matcher::match, set.hash(), set.rules().size());
        } catch (RuleLoadException e) {
            throw new StartException("the rules cannot be used:\n" + e.getMessage());
        } catch (IOException e) {
            throw new StartException("the rules cannot be read: " + StartException.reason(e));
        }
    }
}
