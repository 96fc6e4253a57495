/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.health;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the publisher of one node says of itself and of its producers.
 *
 * @param raised conditions that hold
 */
public record NodeHealth(List<Raised> raised) {
    private static final Pattern SAMPLE =
            Pattern.compile("^defender_(publisher|producer)_condition\\{([^}]*)} 1(?:\\.0)?$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * A condition that holds.
     *
     * @param producer empty for the publisher itself
     */
    public record Raised(String producer, String type, String reason) {}

    /** @param page text of /metrics; anything else in it is passed over */
    public static NodeHealth parse(String page) {
        List<Raised> raised = new ArrayList<>();
        page.lines().forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                raised.add(new Raised(
                        label(sample.group(2), "producer"),
                        label(sample.group(2), "type"),
                        label(sample.group(2), "reason")));
            }
        });
        return new NodeHealth(List.copyOf(raised));
    }

    private static String label(String labels, String name) {
        Matcher label = LABEL.matcher(labels);
        while (label.find()) {
            if (label.group(1).equals(name)) {
                return label.group(2);
            }
        }
        return "";
    }
}
