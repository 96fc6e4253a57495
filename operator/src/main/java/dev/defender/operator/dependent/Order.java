/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.dependent;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.model.Blueprint;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.URI;

/**
 * What one reconciliation has decided for the children.
 *
 * @param endpoint of the backend, from the onboarding Secret
 * @param sensorPace how many nodes may be without a sensor now
 * @param publisherPace the same of the publisher
 */
public record Order(Blueprint blueprint, URI endpoint, IntOrString sensorPace, IntOrString publisherPace) {

    /** Gives it to the children that are reconciled in {@code context}. */
    public void placeIn(Context<DefenderProfile> context) {
        context.managedWorkflowAndDependentResourceContext().put(Order.class, this);
    }

    static Order in(Context<DefenderProfile> context) {
        return context.managedWorkflowAndDependentResourceContext().getMandatory(Order.class, Order.class);
    }
}
