/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/** How a changed version reaches the nodes. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public final class RolloutSpec {
    @JsonPropertyDescription("How many nodes may be without a component at a time, a number or a percentage.")
    @Default("\"10%\"")
    @ValidationRule(
            value = "type(self) == string ? self.matches('^([1-9][0-9]?|100)%$') : self >= 1",
            message = "maxUnavailable is a number of nodes from 1, or a percentage from \"1%\" to \"100%\"",
            reason = "FieldValueInvalid")
    public @Nullable IntOrString maxUnavailable;

    @JsonPropertyDescription("One node first; the others follow when the new version is ready there.")
    @Default("true")
    public @Nullable Boolean canary;
}
