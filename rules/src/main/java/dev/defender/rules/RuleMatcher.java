/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.engine.Evaluation;
import dev.defender.rules.engine.RuleIndex;
import dev.defender.rules.field.EventType;
import dev.defender.rules.field.FieldSource;

/**
 * Tests events against the rule set in force. For one thread. Allocates only when the rule set has changed, when a rule uses
 * {@code regex}, and when a handler asks a {@link Match} for its texts.
 */
public final class RuleMatcher {
    private final RuleSetReference reference;
    private final Current current = new Current();
    private RuleSet ruleSet;
    private Evaluation evaluation;

    public RuleMatcher(RuleSetReference reference) {
        this.reference = reference;
        this.ruleSet = reference.current();
        this.evaluation = ruleSet.newEvaluation();
    }

    /**
     * Tells the handler of each rule that holds for the event, in file order, until the first or through all, as the set was
     * loaded for.
     *
     * @return how many matched
     */
    public int match(EventType type, FieldSource source, MatchHandler handler) {
        RuleSet inForce = reference.current();
        if (inForce != ruleSet) {
            ruleSet = inForce;
            evaluation = inForce.newEvaluation();
        }
        CompiledRule[] rules = ruleSet.compiledFor(type);
        if (rules.length == 0) {
            return 0;
        }
        evaluation.begin(type, source);
        RuleIndex index = ruleSet.indexFor(type);
        long[] candidates = index.candidates(evaluation);
        int matches = 0;
        for (int word = 0; word < index.words(); word++) {
            for (long left = candidates[word]; left != 0; left &= left - 1) {
                CompiledRule rule = rules[(word << 6) + Long.numberOfTrailingZeros(left)];
                if (rule.predicate().test(evaluation)) {
                    matches++;
                    current.show(rule, evaluation, ruleSet.hash());
                    handler.onMatch(current);
                    if (ruleSet.matching() == Matching.FIRST) {
                        return matches;
                    }
                }
            }
        }
        return matches;
    }
}
