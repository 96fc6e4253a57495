/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sensor;

import dev.defender.bench.Report;
import dev.defender.protocol.v1.Health;
import dev.defender.rules.Matching;
import dev.defender.rules.RuleSet;
import dev.defender.rules.field.EventType;
import dev.defender.rules.source.RuleLoadException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many rules the sensor under test puts its events before, by its own account. */
final class RulesInForce {
    private static final int LEAST = 50;

    private RulesInForce() {}

    /**
     * Notes the number.
     *
     * @param healths what the sensor has reported of itself, in order
     * @throws IOException if there are too few for the figure
     */
    static void check(List<byte[]> healths, Report report) throws IOException {
        if (healths.isEmpty()) {
            throw new IOException("the sensor did not report how many rules it has");
        }
        Health health = Health.parseFrom(healths.getLast());
        report.note(health.getRules() + " rules in force" + byType(health.getRuleSet()));
        if (health.getRules() < LEAST) {
            throw new IOException("the sensor has " + health.getRules() + " rules, " + LEAST + " is the least");
        }
    }

    private static String byType(String hash) throws IOException {
        try {
            RuleSet builtIn = RuleSet.builtIn(Matching.ALL);
            if (!builtIn.hash().equals(hash)) {
                return "";
            }
            return Stream.of(EventType.EXECVE, EventType.OPENAT, EventType.CONNECT)
                    .map(type -> type.falcoName() + " " + builtIn.rulesFor(type))
                    .collect(Collectors.joining(", ", ", of which can match an event of type ", ""));
        } catch (RuleLoadException e) {
            throw new IOException("the rules of this build do not load", e);
        }
    }
}
