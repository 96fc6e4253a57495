/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.controller;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.dependent.Child;
import dev.defender.operator.dependent.Children;
import dev.defender.operator.dependent.PublisherPolicy;
import dev.defender.operator.model.Blueprint;
import dev.defender.operator.ownership.Ownership;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.ArrayList;
import java.util.List;

/** Applies the children one by one. A refusal of one does not keep the others back. */
final class Application {
    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_FAILURE = 500;

    private final Children children;
    private final Ownership ownership;
    private final Blueprint blueprint;
    private final boolean onboarded;

    /**
     * @param onboarded whether the onboarding Secret can be used. Without it nothing new is rolled out: pods would only wait
     *     for their volume, ever longer. What runs already is kept in shape.
     */
    Application(Children children, Ownership ownership, Blueprint blueprint, boolean onboarded) {
        this.children = children;
        this.ownership = ownership;
        this.blueprint = blueprint;
        this.onboarded = onboarded;
    }

    /** @return what was refused, a sentence each */
    List<String> apply(DefenderProfile profile, Context<DefenderProfile> context) {
        List<Child<?>> wanted = children.wanted(blueprint);
        List<String> refused = new ArrayList<>();
        for (Child<?> child : children.all()) {
            boolean there = child.getSecondaryResource(profile, context).isPresent();
            try {
                if (!wanted.contains(child)) {
                    if (there) {
                        ownership.delete(child.resourceType(), blueprint.name(child.component()), blueprint.uid());
                    }
                } else if (onboarded || (there && !(child instanceof PublisherPolicy))) {
                    child.reconcile(profile, context);
                }
            } catch (KubernetesClientException e) {
                if (e.getCode() < FIRST_REFUSAL || e.getCode() >= FIRST_FAILURE) {
                    throw e;
                }
                refused.add(child.describe(blueprint) + ": " + message(e));
            }
        }
        return refused;
    }

    private static String message(KubernetesClientException e) {
        return e.getStatus() == null || e.getStatus().getMessage() == null
                ? String.valueOf(e.getMessage())
                : e.getStatus().getMessage();
    }
}
