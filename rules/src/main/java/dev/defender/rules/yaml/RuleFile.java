/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.yaml;

import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Splits a rule file into its items. */
public final class RuleFile {
    private static final int MAX_CODE_POINTS = 16 << 20;

    private RuleFile() {}

    /** Items of all documents of the file, in order. */
    public static List<Item> read(String file, String content) throws PositionedException {
        YamlText text = new YamlText(file, content);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(MAX_CODE_POINTS)
                .build();
        List<Item> items = new ArrayList<>();
        try {
            for (Node document : new Compose(settings).composeAllFromString(content)) {
                if (!(document instanceof SequenceNode sequence)) {
                    throw new PositionedException(
                            text.position(document.getStartMark()), "a rule file is a list of rules, macros and lists");
                }
                for (Node element : sequence.getValue()) {
                    YamlValue value = new YamlValue(text, element);
                    items.add(new Item(value.at(), value.entries()));
                }
            }
        } catch (MarkedYamlEngineException e) {
            throw new PositionedException(text.position(e.getProblemMark()), "not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new PositionedException(Position.of(file), "not valid YAML: " + e.getMessage());
        }
        return items;
    }
}
