/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.engine.Predicate;
import dev.defender.rules.output.OutputFormat;

/**
 * A rule ready for one event type.
 *
 * @param predicate its condition, compiled for that type
 * @param dedup values of the dedup fields, joined
 */
record CompiledRule(Rule rule, Predicate predicate, OutputFormat output, OutputFormat dedup) {}
