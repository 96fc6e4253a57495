/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import dev.defender.rules.condition.Condition;
import dev.defender.rules.source.Position;
import dev.defender.rules.source.SourceText;
import dev.defender.rules.yaml.YamlValue;
import java.util.List;
import java.util.Map;

/**
 * A rule that stands alone.
 *
 * @param condition without lists and macros, exceptions included
 * @param settings what else the item says, by key, not checked yet
 */
public record LinkedRule(
        String name,
        Position at,
        Condition condition,
        SourceText output,
        String description,
        List<String> tags,
        boolean enabled,
        Map<String, YamlValue> settings) {}
