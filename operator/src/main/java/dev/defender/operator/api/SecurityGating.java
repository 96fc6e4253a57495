/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gated deployment in the shape of AKS. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@SchemaCustomizer(OpenSchema.class)
public final class SecurityGating {
    public @Nullable Boolean enabled;

    @JsonPropertyDescription("Identities that may read image registries.")
    @Size(max = 64)
    public @Nullable List<RegistryIdentity> identities;

    @JsonPropertyDescription("Whether pull secrets may be read.")
    public @Nullable Boolean allowSecretAccess;

    private final Map<String, Object> unknown = new LinkedHashMap<>();

    @JsonAnyGetter
    public Map<String, Object> unknown() {
        return unknown;
    }

    @JsonAnySetter
    void unknown(String name, Object value) {
        unknown.put(name, value);
    }

    /** A registry and who reads it. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class RegistryIdentity {
        @Size(max = 512)
        public @Nullable String azureContainerRegistry;

        public @Nullable Identity identity;
    }

    /** A user-assigned identity of Azure. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public static final class Identity {
        @Size(max = 512)
        public @Nullable String resourceId;

        @Size(max = 64)
        public @Nullable String clientId;

        @Size(max = 64)
        public @Nullable String objectId;
    }
}
