/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What was found in one input. */
final class Findings {
    /**
     * A cluster.
     *
     * @param id ARM resource id, or what else names it in the input; empty = a bare fragment
     * @param name for people; empty = unknown
     * @param apiVersion of ARM; empty = the input does not say
     * @param securityProfile in ARM's shape; missing = it has none
     */
    record Cluster(String id, String name, String apiVersion, JsonNode securityProfile) {}

    private final List<Cluster> clusters = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    void add(Cluster cluster) {
        clusters.add(cluster);
    }

    /** Something that should have been imported and cannot be. */
    void problem(String sentence) {
        problems.add(sentence);
    }

    /** Something that was understood and has nothing to import. */
    void note(String sentence) {
        notes.add(sentence);
    }

    List<Cluster> clusters() {
        return clusters;
    }

    List<String> problems() {
        return problems;
    }

    List<String> notes() {
        return notes;
    }
}
