/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import bpf4j.BpfException;
import bpf4j.BpfObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The largest set of programs that a kernel takes. All of them at once in the common case; only when that fails, one by one.
 *
 * @param object loaded with the programs that work
 * @param refused the others
 */
record Loadable(BpfObject object, List<HookState> refused) {
    /** @param opener opens and configures the object for a set of programs */
    static Loadable find(Function<Set<HookProgram>, BpfObject> opener) {
        Set<HookProgram> all = EnumSet.allOf(HookProgram.class);
        try {
            return new Loadable(load(opener, all), List.of());
        } catch (BpfException refused) {
            return oneByOne(opener, refused);
        }
    }

    private static Loadable oneByOne(Function<Set<HookProgram>, BpfObject> opener, BpfException first) {
        Set<HookProgram> good = EnumSet.noneOf(HookProgram.class);
        List<HookState> bad = new ArrayList<>();
        for (HookProgram program : HookProgram.values()) {
            try {
                load(opener, EnumSet.of(program)).close();
                good.add(program);
            } catch (BpfException refused) {
                bad.add(new HookState(program, false, KernelSide.firstLine(refused)));
            }
        }
        if (good.isEmpty()) {
            throw first;
        }
        return new Loadable(load(opener, good), List.copyOf(bad));
    }

    private static BpfObject load(Function<Set<HookProgram>, BpfObject> opener, Set<HookProgram> programs) {
        BpfObject object = opener.apply(programs);
        try {
            return object.load();
        } catch (BpfException refused) {
            object.close();
            throw refused;
        }
    }
}
