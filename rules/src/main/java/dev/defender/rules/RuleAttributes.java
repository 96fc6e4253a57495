/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.link.LinkedRule;
import dev.defender.rules.source.PositionedException;
import dev.defender.rules.yaml.YamlValue;
import java.util.List;
import java.util.regex.Pattern;

/** Checks what a rule says of itself besides its condition, and fills in what it leaves out. */
final class RuleAttributes {
    /** The same program in the same container by the same user is the same thing again. */
    private static final List<String> DEFAULT_DEDUP = List.of("container.id", "proc.exepath", "user.uid");

    private static final Pattern ALERT_TYPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.]{2,127}");

    private RuleAttributes() {}

    static Rule read(LinkedRule linked) throws PositionedException {
        Priority priority = priority(linked);
        return new Rule(
                linked.name(),
                linked.description(),
                priority,
                severity(linked, priority),
                alertType(linked),
                linked.tags(),
                linked.output().text().strip(),
                dedup(linked),
                linked.at());
    }

    static boolean flag(LinkedRule linked, String key, boolean otherwise) throws PositionedException {
        YamlValue value = linked.settings().get(key);
        return value == null ? otherwise : value.flag();
    }

    private static Priority priority(LinkedRule linked) throws PositionedException {
        YamlValue value = linked.settings().get("priority");
        if (value == null) {
            throw new PositionedException(linked.at(), "key 'priority' is missing");
        }
        Priority priority = Priority.byName(value.text());
        if (priority == null) {
            throw new PositionedException(
                    value.at(), "unknown priority '" + value.text() + "'; one of " + List.of(Priority.values()));
        }
        return priority;
    }

    private static Severity severity(LinkedRule linked, Priority priority) throws PositionedException {
        YamlValue value = linked.settings().get("x-severity");
        if (value == null) {
            return priority.severity();
        }
        Severity severity = Severity.byName(value.text());
        if (severity == null) {
            throw new PositionedException(
                    value.at(), "unknown severity '" + value.text() + "'; one of " + List.of(Severity.values()));
        }
        return severity;
    }

    private static String alertType(LinkedRule linked) throws PositionedException {
        YamlValue value = linked.settings().get("x-alert-type");
        if (value == null) {
            String letters = linked.name().replaceAll("[^A-Za-z0-9]", "");
            return "DFD." + letters;
        }
        if (!ALERT_TYPE.matcher(value.text()).matches()) {
            throw new PositionedException(
                    value.at(), "'" + value.text() + "' is no alert type; use letters, digits, '_' and '.'");
        }
        return value.text();
    }

    private static List<String> dedup(LinkedRule linked) throws PositionedException {
        YamlValue value = linked.settings().get("x-dedup");
        return value == null ? DEFAULT_DEDUP : value.texts();
    }
}
