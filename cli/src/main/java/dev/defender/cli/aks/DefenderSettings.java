/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.aks.AksSchema.Unusable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a securityProfile says of Defender, in the shape of a DefenderProfile's spec.
 *
 * @param spec maps, lists, texts and booleans, in the order of the published shape
 * @param warnings what a person should look at
 * @param unknown paths of members that no version known here has; they are in the spec as they stand
 */
record DefenderSettings(Map<String, Object> spec, List<String> warnings, List<String> unknown) {
    private static final String WORKSPACE = "logAnalyticsWorkspaceResourceId";
    private static final String MONITORING = "securityMonitoring";
    private static final String ARM_ID = "/subscriptions/";

    /** Neighbours of defender that are Azure's business. */
    private static final Set<String> NEIGHBOURS = Set.of(
            "defender",
            "azuredefender",
            "azurekeyvaultkms",
            "workloadidentity",
            "imagecleaner",
            "imageintegrity",
            "noderestriction",
            "customcatrustcertificates",
            "kubernetesresourceobjectencryptionprofile");

    /** @return null = nothing about Defender in it */
    static @Nullable DefenderSettings of(JsonNode securityProfile) throws Unusable {
        JsonNode present = Fields.at(securityProfile, "defender");
        JsonNode legacy = Fields.at(securityProfile, "azureDefender");
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : securityProfile.properties()) {
            if (!NEIGHBOURS.contains(member.getKey().toLowerCase(Locale.ROOT))) {
                unknown.add("securityProfile." + member.getKey());
            }
        }
        if (present.isMissingNode() && legacy.isMissingNode()) {
            return null;
        }
        List<String> warnings = new ArrayList<>();
        Map<String, Object> old =
                legacy.isMissingNode() ? null : modern(AksSchema.LEGACY.read("azureDefender", legacy, unknown));
        if (present.isMissingNode() && old != null) {
            return checked(old, warnings, unknown);
        }
        Map<String, Object> spec = AksSchema.DEFENDER.read("defender", present, unknown);
        if (!spec.containsKey(MONITORING) || enabled(spec) == null) {
            warnings.add("defender has no securityMonitoring.enabled; taken as off, as Azure does");
            off(spec);
        }
        if (old != null && !same(old, spec)) {
            warnings.add("azureDefender and defender differ; defender, the newer one, is taken");
        }
        return checked(spec, warnings, unknown);
    }

    private static Map<String, Object> modern(Map<String, Object> legacy) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (legacy.containsKey(WORKSPACE)) {
            spec.put(WORKSPACE, legacy.get(WORKSPACE));
        }
        Map<String, Object> monitoring = new LinkedHashMap<>();
        monitoring.put("enabled", Boolean.TRUE.equals(legacy.get("enabled")));
        spec.put(MONITORING, monitoring);
        return spec;
    }

    private static void off(Map<String, Object> spec) {
        Map<String, Object> monitoring = new LinkedHashMap<>();
        monitoring.put("enabled", false);
        if (spec.get(MONITORING) instanceof Map<?, ?> others) {
            others.forEach((name, value) -> monitoring.put(String.valueOf(name), value));
        }
        Object gating = spec.remove("securityGating");
        spec.put(MONITORING, monitoring);
        if (gating != null) {
            spec.put("securityGating", gating);
        }
    }

    private static DefenderSettings checked(Map<String, Object> spec, List<String> warnings, List<String> unknown)
            throws Unusable {
        String workspace = workspace(spec);
        if (workspace.isEmpty()) {
            spec.remove(WORKSPACE);
            if (Boolean.TRUE.equals(enabled(spec))) {
                throw new Unusable("security monitoring is on without a " + WORKSPACE);
            }
        } else if (workspace.regionMatches(true, 0, ARM_ID, 0, ARM_ID.length())) {
            // Azure compares without regard to case, the CRD does not.
            spec.put(WORKSPACE, ARM_ID + workspace.substring(ARM_ID.length()));
        } else {
            throw new Unusable(WORKSPACE + " is no ARM resource id, which begins with " + ARM_ID);
        }
        return new DefenderSettings(spec, warnings, unknown);
    }

    private static boolean same(Map<String, Object> one, Map<String, Object> other) {
        return workspace(one).equalsIgnoreCase(workspace(other))
                && Boolean.TRUE.equals(enabled(one)) == Boolean.TRUE.equals(enabled(other));
    }

    private static String workspace(Map<String, Object> spec) {
        return spec.get(WORKSPACE) instanceof String text ? text.strip() : "";
    }

    private static @Nullable Object enabled(Map<String, Object> spec) {
        return spec.get(MONITORING) instanceof Map<?, ?> monitoring ? monitoring.get("enabled") : null;
    }
}
