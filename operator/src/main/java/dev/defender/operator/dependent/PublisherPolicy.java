/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.dependent;

import dev.defender.operator.model.Component;
import dev.defender.operator.model.NetworkPolicies;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;

/** Leaves the publishers DNS and the way to the backend. */
public final class PublisherPolicy extends Child<NetworkPolicy> {
    public PublisherPolicy() {
        super(NetworkPolicy.class, Component.PUBLISHER);
    }

    @Override
    protected NetworkPolicy desired(Order order) {
        return NetworkPolicies.publisher(order.blueprint(), order.endpoint());
    }
}
