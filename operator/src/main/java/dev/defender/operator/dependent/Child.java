/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.dependent;

import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.Names;
import dev.defender.operator.model.Blueprint;
import dev.defender.operator.model.Component;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/**
 * One child. It is created only where nothing of its name exists, and changed only while it is the object that was seen,
 * both by preconditions that the API server checks. So another's object cannot be taken in a race either.
 */
public abstract class Child<R extends HasMetadata> extends CRUDKubernetesDependentResource<R, DefenderProfile> {
    private final Component component;

    protected Child(Class<R> type, Component component) {
        super(type, component.label() + "-" + type.getSimpleName());
        this.component = component;
    }

    public Component component() {
        return component;
    }

    /** Kind and name, for messages. */
    public String describe(Blueprint blueprint) {
        return resourceType().getSimpleName() + " " + blueprint.name(component);
    }

    protected abstract R desired(Order order);

    @Override
    protected final R desired(DefenderProfile profile, Context<DefenderProfile> context) {
        return desired(Order.in(context));
    }

    @Override
    public final R update(R actual, R desired, DefenderProfile profile, Context<DefenderProfile> context) {
        desired.getMetadata().setUid(actual.getMetadata().getUid());
        return super.update(actual, desired, profile, context);
    }

    @Override
    protected ResourceID targetSecondaryResourceID(DefenderProfile profile, Context<DefenderProfile> context) {
        return new ResourceID(Order.in(context).blueprint().name(component), Names.COMPONENT_NAMESPACE);
    }

    @Override
    protected InformerEventSourceConfiguration.Builder<R> informerConfigurationBuilder(
            EventSourceContext<DefenderProfile> context) {
        return super.informerConfigurationBuilder(context)
                .withNamespaces(Names.COMPONENT_NAMESPACE)
                .withLabelSelector(Names.LABEL_MANAGED_BY + "=" + Names.FIELD_MANAGER + "," + Names.LABEL_COMPONENT
                        + "=" + component.label());
    }
}
