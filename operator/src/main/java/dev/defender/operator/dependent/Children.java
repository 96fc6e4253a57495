/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.dependent;

import dev.defender.operator.model.Blueprint;
import dev.defender.operator.model.Component;
import java.util.List;

/** All children, in the order in which they are applied: what limits a pod first, then who serves, then who connects. */
public final class Children {
    private final List<Child<?>> all = List.of(
            new SensorPolicy(),
            new PublisherPolicy(),
            new MiscPolicy(),
            new PublisherSet(),
            new SensorSet(),
            new MiscCollector());

    public List<Child<?>> all() {
        return all;
    }

    /** Those that the profile wants: collector-misc only where an image for it is configured. */
    public List<Child<?>> wanted(Blueprint blueprint) {
        boolean misc = blueprint.config().images().misc() != null;
        return all.stream()
                .filter(child -> misc || child.component() != Component.MISC)
                .toList();
    }
}
