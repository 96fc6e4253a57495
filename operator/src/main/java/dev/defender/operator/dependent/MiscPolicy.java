/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.dependent;

import dev.defender.operator.model.Component;
import dev.defender.operator.model.NetworkPolicies;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;

/** Leaves collector-misc the API server. */
public final class MiscPolicy extends Child<NetworkPolicy> {
    public MiscPolicy() {
        super(NetworkPolicy.class, Component.MISC);
    }

    @Override
    protected NetworkPolicy desired(Order order) {
        return NetworkPolicies.misc(order.blueprint());
    }
}
