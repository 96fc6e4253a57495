/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The switch of AKS. */
@SchemaCustomizer(OpenSchema.class)
public final class SecurityMonitoring {
    @JsonPropertyDescription(
            "false removes the components from every node. What a spool still holds stays on its node until this is true again or the profile is deleted.")
    @Default("true")
    public @Nullable Boolean enabled;

    private final Map<String, Object> unknown = new LinkedHashMap<>();

    @JsonAnyGetter
    public Map<String, Object> unknown() {
        return unknown;
    }

    @JsonAnySetter
    void unknown(String name, Object value) {
        unknown.put(name, value);
    }
}
