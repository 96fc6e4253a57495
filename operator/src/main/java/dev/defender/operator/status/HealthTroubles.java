/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

import dev.defender.operator.health.NodeHealth;
import dev.defender.operator.health.NodeHealth.Raised;
import dev.defender.operator.model.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns what publishers say of their nodes into troubles. */
final class HealthTroubles {
    private HealthTroubles() {}

    static List<Trouble> of(Map<String, NodeHealth> health) {
        List<Trouble> troubles = new ArrayList<>();
        health.forEach((node, said) -> said.raised().forEach(raised -> troubles.add(trouble(node, raised))));
        return troubles;
    }

    private static Trouble trouble(String node, Raised raised) {
        String words = raised.type() + " (" + raised.reason() + ")";
        if (!raised.producer().isEmpty() && !raised.producer().startsWith("publisher")) {
            Component component = raised.producer().startsWith("misc") ? Component.MISC : Component.SENSOR;
            return new Trouble(node, component, Reason.SENSOR_TROUBLE, raised.producer() + ": " + words);
        }
        Reason reason = switch (raised.type()) {
            case "CredentialsInvalid" -> Reason.REJECTED;
            case "BackendUnreachable" -> Reason.UNREACHABLE;
            case "BackendRefuses" -> Reason.REFUSED_BY_BACKEND;
            default -> Reason.SPOOL_TROUBLE;
        };
        return new Trouble(node, Component.PUBLISHER, reason, "publisher: " + words);
    }
}
