/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.engine.Evaluation;
import dev.defender.rules.engine.RuleIndex;
import dev.defender.rules.engine.SlotLayout;
import dev.defender.rules.field.EventType;
import dev.defender.rules.source.Diagnostic;
import dev.defender.rules.source.RuleLoadException;
import dev.defender.rules.source.RuleSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An immutable, compiled set of rules. Threads may share it; each tests events through a {@link RuleMatcher} of its own. */
public final class RuleSet {
    private final List<Rule> rules;
    private final List<Diagnostic> warnings;
    private final String hash;
    private final Matching matching;
    private final SlotLayout slots;
    private final CompiledRule[][] byType;
    private final RuleIndex[] indexes;

    /** @param byType for each event type, by ordinal, the rules that can match it, in file order */
    RuleSet(
            List<Rule> rules,
            List<Diagnostic> warnings,
            String hash,
            Matching matching,
            SlotLayout slots,
            CompiledRule[][] byType) {
        this.rules = List.copyOf(rules);
        this.warnings = List.copyOf(warnings);
        this.hash = hash;
        this.matching = matching;
        this.slots = slots;
        this.byType = byType;
        this.indexes = Arrays.stream(byType)
                .map(compiled -> RuleIndex.of(
                        Arrays.stream(compiled).map(CompiledRule::predicate).toList()))
                .toArray(RuleIndex[]::new);
    }

    /**
     * Loads rule files; later ones may change what earlier ones define.
     *
     * @param paths files, and directories of which all {@code *.yaml} and {@code *.yml} below are taken in order of their names
     * @throws RuleLoadException with every error of every file; nothing is loaded
     * @throws IOException if a file cannot be read
     */
    public static RuleSet load(List<Path> paths, Matching matching) throws RuleLoadException, IOException {
        List<RuleSource> sources = new ArrayList<>();
        for (Path path : paths) {
            sources.addAll(RuleFiles.read(path));
        }
        return of(sources, matching);
    }

    /** The rule packs that ship in this jar. */
    public static RuleSet builtIn(Matching matching) throws RuleLoadException, IOException {
        return of(RuleFiles.builtIn(), matching);
    }

    /** The same from memory. */
    public static RuleSet of(List<RuleSource> sources, Matching matching) throws RuleLoadException {
        return new RuleSetCompiler(matching).compile(sources);
    }

    /** The enabled rules in file order. */
    public List<Rule> rules() {
        return rules;
    }

    /** What the author should know although the set loaded. */
    public List<Diagnostic> warnings() {
        return warnings;
    }

    /** SHA-256 in hexadecimal over the canonical form of the enabled rules: blanks, comments and file names do not count. */
    public String hash() {
        return hash;
    }

    /** How many rules can match an event of that type. */
    public int rulesFor(EventType type) {
        return byType[type.ordinal()].length;
    }

    /** Of {@link #rulesFor}, how many are tested on every event: those of which nothing is known to look up first. */
    public int testedAlways(EventType type) {
        return indexes[type.ordinal()].alwaysCandidates();
    }

    Matching matching() {
        return matching;
    }

    CompiledRule[] compiledFor(EventType type) {
        return byType[type.ordinal()];
    }

    RuleIndex indexFor(EventType type) {
        return indexes[type.ordinal()];
    }

    Evaluation newEvaluation() {
        return slots.newEvaluation();
    }
}
