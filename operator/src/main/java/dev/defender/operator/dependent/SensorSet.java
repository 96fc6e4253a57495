/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.dependent;

import dev.defender.operator.model.Component;
import dev.defender.operator.model.SensorDaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;

/** The sensors. */
public final class SensorSet extends Child<DaemonSet> {
    public SensorSet() {
        super(DaemonSet.class, Component.SENSOR);
    }

    @Override
    protected DaemonSet desired(Order order) {
        return Revision.stamp(SensorDaemonSet.of(order.blueprint(), order.sensorPace()));
    }
}
