/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.terminal;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * YAML that every reader takes alike: texts are always in double quotes, so that none is taken for a boolean or number by
 * the rules of YAML 1.1, or stand as a block where they have lines. The same value is always written in the same bytes.
 */
public final class YamlText {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z][A-Za-z0-9./_-]*");
    private static final Pattern ANOTHER_TYPE = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");
    private static final Pattern LINES = Pattern.compile("([\\x21-\\x7E][\\x20-\\x7E]*\n)+");

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    /** @param document maps, lists, texts, numbers, booleans and null; maps are written in their order */
    public static String of(Map<String, ?> document) {
        YamlText yaml = new YamlText();
        yaml.map(document, 0);
        return yaml.text.toString();
    }

    private void map(Map<?, ?> map, int indent) {
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!first || indent == 0) {
                text.append("  ".repeat(indent));
            }
            first = false;
            text.append(key(String.valueOf(entry.getKey()))).append(':');
            value(entry.getValue(), indent);
        }
    }

    /** What stands after a key, with the line's end. */
    private void value(Object value, int indent) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                text.append('\n').append("  ".repeat(indent + 1));
                map(map, indent + 1);
            }
            case List<?> list
            when !list.isEmpty() -> {
                text.append('\n');
                list(list, indent);
            }
            case String lines
            when LINES.matcher(lines).matches() -> {
                text.append(" |\n");
                lines.lines()
                        .forEach(line -> text.append("  ".repeat(indent + 1))
                                .append(line)
                                .append('\n'));
            }
            case null, default -> text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void list(List<?> list, int indent) {
        for (Object item : list) {
            text.append("  ".repeat(indent)).append('-');
            if (item instanceof Map<?, ?> map && !map.isEmpty()) {
                text.append(' ');
                map(map, indent + 1);
            } else if (item instanceof List<?> nested && !nested.isEmpty()) {
                text.append('\n');
                list(nested, indent + 1);
            } else {
                text.append(' ').append(scalar(item)).append('\n');
            }
        }
    }

    private static String key(String key) {
        boolean plain =
                PLAIN_KEY.matcher(key).matches() && !ANOTHER_TYPE.matcher(key).matches();
        return plain ? key : quoted(key);
    }

    private static String scalar(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Boolean bool -> bool.toString();
            case Number number -> number.toString();
            case Map<?, ?> empty -> "{}";
            case List<?> empty -> "[]";
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
