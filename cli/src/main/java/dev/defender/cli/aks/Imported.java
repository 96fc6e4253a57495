/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of all inputs together, one profile for each cluster. */
final class Imported {
    private final @Nullable String select;
    private final Map<String, ProfileDocument> documents = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /** @param select name or id of the only cluster that counts; null = all */
    Imported(@Nullable String select) {
        this.select = select;
    }

    void add(JsonInput input, Findings findings) {
        notes.addAll(findings.notes());
        problems.addAll(findings.problems());
        for (Findings.Cluster cluster : findings.clusters()) {
            if (select == null || select.equalsIgnoreCase(cluster.id()) || select.equals(cluster.name())) {
                add(input, cluster);
            }
        }
    }

    private void add(JsonInput input, Findings.Cluster cluster) {
        String label = cluster.id().isEmpty() ? input.name() : "cluster " + cluster.id();
        try {
            DefenderSettings settings = DefenderSettings.of(cluster.securityProfile());
            if (settings == null) {
                notes.add(label + " has no Defender settings");
                return;
            }
            settings.warnings().forEach(warning -> notes.add(label + ": " + warning));
            settings.unknown().forEach(path -> unknown.add(label + ": " + path));
            ProfileDocument document = new ProfileDocument(cluster, settings, input.sha256());
            ProfileDocument before = documents.putIfAbsent(document.identity(), document);
            if (before != null && !before.settings().spec().equals(settings.spec())) {
                problems.add(label + " is in the input twice, with different settings; the first is taken");
            }
        } catch (AksSchema.Unusable e) {
            problems.add(label + " cannot be imported: " + e.getMessage());
        }
    }

    List<ProfileDocument> documents() {
        return List.copyOf(documents.values());
    }

    List<String> notes() {
        return notes;
    }

    List<String> problems() {
        return problems;
    }

    List<String> unknown() {
        return unknown;
    }
}
