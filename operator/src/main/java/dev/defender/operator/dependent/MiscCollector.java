/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.dependent;

import dev.defender.operator.model.Component;
import dev.defender.operator.model.MiscDeployment;
import io.fabric8.kubernetes.api.model.apps.Deployment;

/** The collector of what is tied to no node. */
public final class MiscCollector extends Child<Deployment> {
    public MiscCollector() {
        super(Deployment.class, Component.MISC);
    }

    @Override
    protected Deployment desired(Order order) {
        return MiscDeployment.of(order.blueprint());
    }
}
