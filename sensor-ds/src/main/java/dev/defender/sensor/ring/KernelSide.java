/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import bpf4j.BpfException;
import bpf4j.BpfLink;
import bpf4j.BpfMap;
import bpf4j.BpfObject;
import bpf4j.BpfProgram;
import bpf4j.Globals;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The programs and maps in the kernel. Loading takes what this kernel takes: a program that it refuses is left out and named
 * in {@link #hooks}. Hooks end with {@link #close} or with the process; only the counters can outlive it.
 */
final class KernelSide implements AutoCloseable {
    private final BpfObject object;
    private final List<BpfLink> links = new ArrayList<>();
    private final List<HookState> hooks = new ArrayList<>();

    private KernelSide(BpfObject object) {
        this.object = object;
    }

    /**
     * Loads; nothing is attached yet, so nothing is counted.
     *
     * @throws BpfException if the kernel takes no program at all; of the first one
     */
    static KernelSide load(LoadOptions options) {
        Loadable loadable = Loadable.find(set -> configure(open(set), options));
        KernelSide side = new KernelSide(loadable.object());
        side.hooks.addAll(loadable.refused());
        try {
            options.sensitive().fill(side.map("sensitive_names"));
            LedgerPins pins = options.pins();
            if (pins != null) {
                pins.pin(options.epoch(), side::map);
            }
        } catch (RuntimeException failed) {
            side.close();
            throw failed;
        }
        return side;
    }

    private static BpfObject open(Set<HookProgram> programs) {
        BpfObject object = BpfObject.open("defender", SensorObject.bytes());
        for (HookProgram hook : HookProgram.values()) {
            object.program(hook.program()).autoload(programs.contains(hook));
        }
        return object;
    }

    private static BpfObject configure(BpfObject object, LoadOptions options) {
        Globals globals = object.globals()
                .setLong("only_cgroup", options.onlyCgroup())
                .setInt("pid_namespace", Machine.pidNamespace())
                .set("syscall_kinds", SyscallTable.of(Machine.architecture()));
        options.sensitive().configure(globals);
        object.mapSpec("events").maxEntries(options.ringBytes());
        object.mapSpec(LedgerMapping.PLAIN_OPENS).maxEntries(Machine.possibleCpus() * LedgerLayout.ROWS);
        return object;
    }

    /** Attaches program by program. From here on events are counted. */
    void attach() {
        Set<HookProgram> open = EnumSet.allOf(HookProgram.class);
        hooks.forEach(state -> open.remove(state.program()));
        for (HookProgram hook : open) {
            hooks.add(attach(hook));
        }
    }

    private HookState attach(HookProgram hook) {
        if (hook == HookProgram.TASKS) {
            return new HookState(hook, true, "");
        }
        try {
            links.add(program(hook).attach());
            return new HookState(hook, true, "");
        } catch (BpfException refused) {
            return new HookState(hook, false, firstLine(refused));
        }
    }

    static String firstLine(BpfException refused) {
        return String.valueOf(refused.getMessage()).lines().findFirst().orElse("");
    }

    /** One state for each program, in no order. */
    List<HookState> hooks() {
        return List.copyOf(hooks);
    }

    BpfProgram program(HookProgram hook) {
        return object.program(hook.program());
    }

    BpfMap map(String name) {
        return object.map(name);
    }

    /** Detaches all hooks; counters and ring stay as they are. */
    void detach() {
        links.forEach(BpfLink::close);
        links.clear();
    }

    @Override
    public void close() {
        detach();
        object.close();
    }
}
