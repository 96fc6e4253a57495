/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.charts;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of values.yaml: a row for each key whose comment begins with "--". */
final class ValuesTable {
    private static final Pattern COMMENT = Pattern.compile("\\s*# -- (.*)");
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z0-9]+):.*");
    private static final int INDENT = 2;

    private ValuesTable() {}

    static String of(String values) {
        Objects.Node root = Objects.parse(values).nodes().findFirst().orElseThrow();
        List<String> rows = new ArrayList<>(List.of("| Key | Default | |", "|---|---|---|"));
        Deque<String> path = new ArrayDeque<>();
        String comment = "";
        for (String line : values.lines().toList()) {
            Matcher said = COMMENT.matcher(line);
            Matcher key = KEY.matcher(line);
            if (said.matches()) {
                comment = said.group(1);
            } else if (key.matches()) {
                while (path.size() > key.group(1).length() / INDENT) {
                    path.removeLast();
                }
                path.addLast(key.group(2));
                String name = String.join(".", path);
                if (!comment.isEmpty()) {
                    rows.add("| `" + name + "` | " + literal(root.at(name).value()) + " | "
                            + comment.replace("|", "\\|") + " |");
                }
                comment = "";
            }
        }
        return String.join("\n", rows) + "\n";
    }

    private static String literal(Object value) {
        String json = json(value);
        return json.equals("\"\"") ? "" : "`" + json + "`";
    }

    private static String json(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + json(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case List<?> list -> list.stream().map(ValuesTable::json).collect(Collectors.joining(", ", "[", "]"));
            case String text -> text.isEmpty() ? "\"\"" : text;
            default -> String.valueOf(value);
        };
    }
}
