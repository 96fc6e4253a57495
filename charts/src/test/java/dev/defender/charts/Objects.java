/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.charts;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Kubernetes objects as helm has rendered them. */
record Objects(List<Map<String, Object>> all) {
    @SuppressWarnings("unchecked")
    static Objects parse(String yaml) {
        Load load = new Load(
                LoadSettings.builder().setCodePointLimit(16 * 1024 * 1024).build());
        return new Objects(StreamSupport.stream(load.loadAllFromString(yaml).spliterator(), false)
                .filter(Map.class::isInstance)
                .map(object -> (Map<String, Object>) object)
                .toList());
    }

    /** The one object of this kind and name. */
    Node one(String kind, String name) {
        List<Node> found = kind(kind)
                .filter(node -> node.text("metadata.name").equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects " + kind + " " + name);
        }
        return found.getFirst();
    }

    Stream<Node> kind(String kind) {
        return nodes().filter(node -> node.text("kind").equals(kind));
    }

    Stream<Node> nodes() {
        return all.stream().map(Node::new);
    }

    /** A place in an object. */
    record Node(Object value) {
        /** @param path keys with dots between; a number is an index */
        Node at(String path) {
            Object here = value;
            for (String step : path.split("\\.", -1)) {
                here = here instanceof List<?> list
                        ? list.get(Integer.parseInt(step))
                        : here instanceof Map<?, ?> map && map.get(step) != null ? map.get(step) : "";
            }
            return new Node(here);
        }

        /** "" where there is nothing. */
        String text(String path) {
            return String.valueOf(at(path).value);
        }

        List<Node> list(String path) {
            return at(path).value instanceof List<?> list
                    ? list.stream().map(each -> new Node(each)).toList()
                    : List.of();
        }
    }
}
