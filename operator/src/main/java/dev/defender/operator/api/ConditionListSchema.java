/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.api;

import static java.util.Objects.requireNonNull;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** Makes the conditions a map by type, so that server-side apply merges one condition and not the whole list. */
public final class ConditionListSchema implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        JSONSchemaProps conditions =
                requireNonNull(schema.getProperties().get("conditions"), "the status has no conditions any more");
        conditions.setXKubernetesListType("map");
        conditions.setXKubernetesListMapKeys(List.of("type"));
        return schema;
    }
}
