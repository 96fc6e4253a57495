/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.yaml;

import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of a rule file.
 *
 * @param at where the item starts
 * @param keys in file order
 */
public record Item(Position at, Map<String, YamlValue> keys) {
    public @Nullable YamlValue find(String key) {
        return keys.get(key);
    }

    public boolean has(String key) {
        return keys.containsKey(key);
    }

    public YamlValue require(String key) throws PositionedException {
        YamlValue value = keys.get(key);
        if (value == null) {
            throw new PositionedException(at, "key '" + key + "' is missing");
        }
        return value;
    }
}
