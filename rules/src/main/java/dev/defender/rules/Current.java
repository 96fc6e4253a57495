/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.engine.Evaluation;
import org.jspecify.annotations.Nullable;

/** The match that a handler is being told of. Reused by its matcher. */
final class Current implements Match {
    private @Nullable CompiledRule compiled;
    private @Nullable Evaluation evaluation;
    private String ruleSetHash = "";

    void show(CompiledRule compiled, Evaluation evaluation, String ruleSetHash) {
        this.compiled = compiled;
        this.evaluation = evaluation;
        this.ruleSetHash = ruleSetHash;
    }

    @Override
    public Rule rule() {
        return compiled().rule();
    }

    @Override
    public String message() {
        return compiled().output().render(evaluation());
    }

    @Override
    public String dedupKey() {
        return rule().name() + "|" + compiled().dedup().render(evaluation());
    }

    @Override
    public String ruleSetHash() {
        return ruleSetHash;
    }

    private CompiledRule compiled() {
        if (compiled == null) {
            throw new IllegalStateException("no match is being told of");
        }
        return compiled;
    }

    private Evaluation evaluation() {
        if (evaluation == null) {
            throw new IllegalStateException("no match is being told of");
        }
        return evaluation;
    }
}
