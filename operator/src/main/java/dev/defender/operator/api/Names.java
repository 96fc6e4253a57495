/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.api;

/** Every name that others rely on, once. The chart's {@code _helpers.tpl} holds the same. */
public final class Names {
    public static final String GROUP = "defender.dev";
    public static final String VERSION = "v1alpha1";
    public static final String KIND = "DefenderProfile";
    public static final String PLURAL = "defenderprofiles";

    /** Prefix of labels and annotations. */
    public static final String PREFIX = GROUP + "/";

    /** Never renamed: fields of objects in clusters are owned under it. */
    public static final String FIELD_MANAGER = "defender-operator";

    public static final String FINALIZER = PREFIX + "node-cleanup";
    public static final String CONTROLLER = "defenderprofile";
    public static final String LEASE = "defender-operator";

    /** Components live here, wherever the operator does. */
    public static final String COMPONENT_NAMESPACE = "kube-system";

    public static final String SENSOR = "microsoft-defender-collector-ds";
    public static final String PUBLISHER = "microsoft-defender-publisher-ds";
    public static final String MISC = "microsoft-defender-collector-misc";
    public static final String CLEANUP = "microsoft-defender-cleanup";

    public static final String DEFAULT_PROFILE = "default";
    public static final String DEFAULT_SECRET = "defender-onboarding";

    public static final String LABEL_PROFILE = PREFIX + "profile";
    /** On a node: no component runs there. */
    public static final String LABEL_EXCLUDE = PREFIX + "exclude";

    /** On a profile that is being deleted: when the clean-up's visit to the nodes ended. */
    public static final String NODES_VISITED = PREFIX + "nodes-visited";

    public static final String PART_OF = "defender-for-containers";
    public static final String LABEL_NAME = "app.kubernetes.io/name";
    public static final String LABEL_COMPONENT = "app.kubernetes.io/component";
    public static final String LABEL_PART_OF = "app.kubernetes.io/part-of";
    public static final String LABEL_MANAGED_BY = "app.kubernetes.io/managed-by";

    /** Audience of the token by which a publisher proves its node. */
    public static final String TOKEN_AUDIENCE = "defender-backend";

    private Names() {}
}
