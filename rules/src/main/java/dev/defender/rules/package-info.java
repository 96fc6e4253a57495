/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The detection engine: rule files in the Falco language, compiled to predicates over one event.
 *
 * <pre>{@code
 * RuleSet set = RuleSet.load(List.of(Path.of("/etc/defender/rules")), Matching.ALL);   // or RuleLoadException
 * RuleSetReference rules = new RuleSetReference(set);
 * RuleMatcher matcher = new RuleMatcher(rules);                                        // one per thread
 * matcher.match(EventType.EXECVE, source, match -> alert(match.rule(), match.message()));
 * }</pre>
 *
 * <p>The way of a rule file: {@code yaml} reads items with their positions, {@code link} substitutes lists, resolves macros
 * and applies overrides and exceptions, {@code condition} parses, {@code engine} compiles and evaluates. {@code field} is
 * the seam to whoever holds an event.
 */
@NullMarked
package dev.defender.rules;

import org.jspecify.annotations.NullMarked;
