/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.probe;

import dev.defender.sensor.ring.HookProgram;
import dev.defender.sensor.ring.HookState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is observed, by which hook, and why not: one row for each thing, in the order of {@link HookProgram}. */
public final class CapabilityMatrix {
    private CapabilityMatrix() {}

    /** Of a sensor that is attached. A program without a state was not tried. */
    public static List<Capability> of(List<HookState> hooks) {
        List<Capability> rows = new ArrayList<>();
        for (HookProgram program : HookProgram.values()) {
            HookState state = hooks.stream()
                    .filter(hook -> hook.program() == program)
                    .findFirst()
                    .orElseGet(() -> new HookState(program, false, "not tried"));
            rows.addAll(rows(program, state.active(), state.reason()));
        }
        return List.copyOf(rows);
    }

    /** Of a host that cannot be observed at all, for one reason. */
    public static List<Capability> none(String reason) {
        return Arrays.stream(HookProgram.values())
                .flatMap(program -> rows(program, false, reason).stream())
                .toList();
    }

    private static List<Capability> rows(HookProgram program, boolean active, String reason) {
        return program.observes().stream()
                .map(name -> new Capability(name, program.hook(), active, reason))
                .toList();
    }
}
