/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bpf4j.BpfException;
import bpf4j.BpfObject;
import dev.defender.sensor.probe.HostProbe;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A kernel that refuses programs, played by an object that cannot be opened. */
class LoadableTest {
    @BeforeAll
    static void canLoad() {
        HostProbe probe = HostProbe.here();
        assumeTrue(probe.verdict().canObserve(), probe.verdict().sentence());
    }

    private static BpfObject open(Set<HookProgram> programs) {
        BpfObject object = BpfObject.open("defender", SensorObject.bytes());
        for (HookProgram hook : HookProgram.values()) {
            object.program(hook.program()).autoload(programs.contains(hook));
        }
        return object;
    }

    private static BpfObject refuse() {
        return BpfObject.open("refused", new byte[] {1, 2, 3});
    }

    @Test
    void everythingLoadsAtOnceWhereNothingIsRefused() {
        Loadable loadable = Loadable.find(LoadableTest::open);
        try (BpfObject object = loadable.object()) {
            assertThat(loadable.refused()).isEmpty();
            assertThat(object.programs()).allMatch(program -> program.fd() > 0);
        }
    }

    @Test
    void aRefusedProgramIsLeftOutAndSaysWhy() {
        Loadable loadable = Loadable.find(set -> set.contains(HookProgram.SYSCALL_EXIT) ? refuse() : open(set));
        try (BpfObject object = loadable.object()) {
            assertThat(loadable.refused()).hasSize(1);
            HookState state = loadable.refused().getFirst();
            assertThat(state.program()).isEqualTo(HookProgram.SYSCALL_EXIT);
            assertThat(state.active()).isFalse();
            assertThat(state.reason()).contains("refused").hasLineCount(1);
            assertThat(object.program("on_exec").fd()).isPositive();
        }
    }

    @Test
    void whereEverythingIsRefusedTheFirstErrorIsTheError() {
        assertThatThrownBy(() -> Loadable.find(set -> refuse())).isInstanceOf(BpfException.class);
    }
}
