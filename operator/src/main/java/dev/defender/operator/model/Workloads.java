/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import dev.defender.operator.api.Names;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;

/** The frame of a child: name, labels, owner; of a DaemonSet also its way to the nodes. */
final class Workloads {
    /** A version that ends at once must not count as available; what cannot observe its node says so within two seconds. */
    private static final int SECONDS_UNTIL_AVAILABLE = 5;

    private static final int OLD_REVISIONS = 3;

    private Workloads() {}

    static ObjectMeta meta(Component component, Blueprint blueprint) {
        return new ObjectMetaBuilder()
                .withNamespace(Names.COMPONENT_NAMESPACE)
                .withName(blueprint.name(component))
                .withLabels(blueprint.labels(component))
                .withOwnerReferences(owner(blueprint))
                .build();
    }

    static DaemonSet daemonSet(Component component, Blueprint blueprint, PodSpec pod, IntOrString maxUnavailable) {
        return new DaemonSetBuilder()
                .withMetadata(meta(component, blueprint))
                .withNewSpec()
                .withMinReadySeconds(SECONDS_UNTIL_AVAILABLE)
                .withRevisionHistoryLimit(OLD_REVISIONS)
                .withNewSelector()
                .withMatchLabels(blueprint.selector(component))
                .endSelector()
                .withNewUpdateStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxUnavailable(maxUnavailable)
                .endRollingUpdate()
                .endUpdateStrategy()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(blueprint.labels(component))
                .endMetadata()
                .withSpec(pod)
                .endTemplate()
                .endSpec()
                .build();
    }

    private static OwnerReference owner(Blueprint blueprint) {
        return new OwnerReferenceBuilder()
                .withApiVersion(Names.GROUP + "/" + Names.VERSION)
                .withKind(Names.KIND)
                .withName(blueprint.profile())
                .withUid(blueprint.uid())
                .build();
    }
}
