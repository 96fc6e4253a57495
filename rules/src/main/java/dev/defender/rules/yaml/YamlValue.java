/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.yaml;

import dev.defender.rules.source.Position;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.source.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A node of a rule file, asked for the shape that its reader needs; another shape is an error with a position. */
public final class YamlValue {
    private final YamlText text;
    private final Node node;

    YamlValue(YamlText text, Node node) {
        this.text = text;
        this.node = node;
    }

    public Position at() {
        return text.position(node.getStartMark());
    }

    public boolean isScalar() {
        return node instanceof ScalarNode;
    }

    public boolean isSequence() {
        return node instanceof SequenceNode;
    }

    /** A scalar as text, whatever YAML would make of it. */
    public String text() throws PositionedException {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new PositionedException(at(), "expected a text here");
    }

    /** A scalar of which every character keeps its position. */
    public SourceText sourceText() throws PositionedException {
        if (node instanceof ScalarNode scalar) {
            return ScalarAlignment.align(text, scalar);
        }
        throw new PositionedException(at(), "expected a text here");
    }

    public boolean flag() throws PositionedException {
        return switch (text()) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> throw new PositionedException(at(), "expected true or false here");
        };
    }

    public List<YamlValue> elements() throws PositionedException {
        if (!(node instanceof SequenceNode sequence)) {
            throw new PositionedException(at(), "expected a list here");
        }
        List<YamlValue> elements = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            elements.add(new YamlValue(text, element));
        }
        return elements;
    }

    /** A list of texts. */
    public List<String> texts() throws PositionedException {
        List<String> texts = new ArrayList<>();
        for (YamlValue element : elements()) {
            texts.add(element.text());
        }
        return texts;
    }

    /** A mapping in file order; a key given twice is an error. */
    public Map<String, YamlValue> entries() throws PositionedException {
        if (!(node instanceof MappingNode mapping)) {
            throw new PositionedException(at(), "expected keys and values here");
        }
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = new YamlValue(text, tuple.getKeyNode()).text();
            if (entries.put(key, new YamlValue(text, tuple.getValueNode())) != null) {
                throw new PositionedException(
                        text.position(tuple.getKeyNode().getStartMark()), "key '" + key + "' is given twice");
            }
        }
        return entries;
    }
}
