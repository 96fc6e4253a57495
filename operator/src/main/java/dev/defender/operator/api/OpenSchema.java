/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.api;

import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Keeps fields of unknown names, so that they can be reported; the API server would prune them in silence. */
public final class OpenSchema implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String input, KubernetesSerialization serialization) {
        // The bean's map of them, which is not a field of that name.
        schema.getProperties().remove("unknown");
        schema.setXKubernetesPreserveUnknownFields(true);
        return schema;
    }
}
