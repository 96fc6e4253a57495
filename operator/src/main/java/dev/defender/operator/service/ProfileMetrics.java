/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.service;

import dev.defender.operator.api.DefenderProfileStatus;
import dev.defender.operator.api.DefenderProfileStatus.ComponentStatus;
import dev.defender.operator.status.ConditionType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToIntFunction;

/** The status of the profile that counts, as metrics. Any thread. */
public final class ProfileMetrics {
    private static final DefenderProfileStatus NONE = new DefenderProfileStatus(null, null, null, null, null);

    private volatile DefenderProfileStatus status = NONE;

    public ProfileMetrics(MeterRegistry registry) {
        for (ConditionType type : ConditionType.values()) {
            Gauge.builder("defender.profile.condition", () -> holds(type) ? 1 : 0)
                    .tag("type", type.text())
                    .register(registry);
        }
        for (String component : List.of("sensor", "publisher", "misc")) {
            nodes(registry, component, "desired", ComponentStatus::desired);
            nodes(registry, component, "ready", ComponentStatus::ready);
            nodes(registry, component, "updated", ComponentStatus::updated);
        }
    }

    public void show(DefenderProfileStatus current) {
        status = current;
    }

    private void nodes(MeterRegistry registry, String component, String state, ToIntFunction<ComponentStatus> number) {
        Gauge.builder("defender.component.pods", () -> count(component, number))
                .tag("component", component)
                .tag("state", state)
                .register(registry);
    }

    private boolean holds(ConditionType type) {
        return status.conditionList().stream()
                .anyMatch(condition -> condition.type().equals(type.text())
                        && condition.status().equals("True"));
    }

    private int count(String component, ToIntFunction<ComponentStatus> number) {
        List<ComponentStatus> components = status.components();
        return components == null
                ? 0
                : components.stream()
                        .filter(each -> each.name().equals(component))
                        .mapToInt(number)
                        .sum();
    }
}
