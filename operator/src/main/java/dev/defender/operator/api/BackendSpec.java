/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where the publishers send, and by which way. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class BackendSpec {
    @JsonPropertyDescription(
            "Secret in kube-system that `defenderctl cluster add` made: endpoint, CA, enrolment token, cluster.")
    @Default("\"defender-onboarding\"")
    @Size(min = 1, max = 253)
    @Pattern("^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$")
    public @Nullable String onboardingSecretName;

    @JsonPropertyDescription("HTTP proxy between the nodes and the backend, http://host:port.")
    @Size(max = 512)
    @ValidationRule(
            value = "self == '' || isURL(self) && url(self).getScheme() == 'http' && url(self).getPort() != ''",
            message = "httpsProxy is of the form http://host:port; TLS to the backend goes through it untouched",
            reason = "FieldValueInvalid")
    public @Nullable String httpsProxy;

    @JsonPropertyDescription("Hosts that are reached without the proxy, comma-separated.")
    @Size(max = 1024)
    public @Nullable String noProxy;
}
