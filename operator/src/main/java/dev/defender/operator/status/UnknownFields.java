/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

import dev.defender.operator.api.DefenderProfileSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Paths of the spec's fields that this version does not know. */
public final class UnknownFields {
    private static final int MOST = 20;

    private UnknownFields() {}

    public static List<String> of(DefenderProfileSpec spec) {
        List<String> paths = new ArrayList<>();
        add(paths, "", spec.unknown());
        if (spec.securityMonitoring != null) {
            add(paths, "securityMonitoring.", spec.securityMonitoring.unknown());
        }
        if (spec.securityGating != null) {
            add(paths, "securityGating.", spec.securityGating.unknown());
        }
        return paths.size() <= MOST ? paths : List.copyOf(paths.subList(0, MOST));
    }

    private static void add(List<String> paths, String prefix, Map<String, Object> unknown) {
        unknown.keySet().stream().sorted().map(name -> prefix + name).forEach(paths::add);
    }
}
