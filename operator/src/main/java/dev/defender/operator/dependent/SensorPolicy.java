/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.dependent;

import dev.defender.operator.model.Component;
import dev.defender.operator.model.NetworkPolicies;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;

/** Cuts the sensors off from every network. */
public final class SensorPolicy extends Child<NetworkPolicy> {
    public SensorPolicy() {
        super(NetworkPolicy.class, Component.SENSOR);
    }

    @Override
    protected NetworkPolicy desired(Order order) {
        return NetworkPolicies.sensor(order.blueprint());
    }
}
