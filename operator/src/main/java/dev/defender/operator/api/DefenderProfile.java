/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** Runtime threat protection for this cluster. Cluster-scoped; the oldest one counts, another gets a Conflict. */
@Group(Names.GROUP)
@Version(Names.VERSION)
@Kind(Names.KIND)
@Plural(Names.PLURAL)
@Singular("defenderprofile")
@ShortNames({"dp", "defender"})
@Categories("defender")
@AdditionalPrinterColumn(
        name = "Enabled",
        jsonPath = ".spec.securityMonitoring.enabled",
        type = AdditionalPrinterColumn.Type.BOOLEAN)
@AdditionalPrinterColumn(name = "Sensors", jsonPath = ".status.components[?(@.name==\"sensor\")].summary")
@AdditionalPrinterColumn(name = "Publishers", jsonPath = ".status.components[?(@.name==\"publisher\")].summary")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class DefenderProfile extends CustomResource<DefenderProfileSpec, DefenderProfileStatus> {
    private static final long serialVersionUID = 1;

    @Override
    @Required
    @JsonPropertyDescription(
            "What shall run. The fields of the AKS securityProfile.defender object stand as they do there.")
    public DefenderProfileSpec getSpec() {
        return super.getSpec();
    }
}
