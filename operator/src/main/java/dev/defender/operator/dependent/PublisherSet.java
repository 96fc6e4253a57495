/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.dependent;

import dev.defender.operator.model.Component;
import dev.defender.operator.model.PublisherDaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;

/** The publishers. */
public final class PublisherSet extends Child<DaemonSet> {
    public PublisherSet() {
        super(DaemonSet.class, Component.PUBLISHER);
    }

    @Override
    protected DaemonSet desired(Order order) {
        return Revision.stamp(PublisherDaemonSet.of(order.blueprint(), order.publisherPace()));
    }
}
