/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.ContextState;
import dev.defender.protocol.v1.Event;
import dev.defender.sensor.FixtureSource;
import dev.defender.sensor.PipelineFixture;
import dev.defender.sensor.RawRecords;
import dev.defender.sensor.bundle.ContainerFacts;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What events say of the container that they happened in. */
class ContainerContextTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String POD = "11111111-2222-3333-4444-555555555555";
    private static final String CGROUP = "/kubepods/besteffort/pod" + POD + "/" + ID;

    private final RawRecords kernel = new RawRecords();
    private final FixtureSource source = new FixtureSource().task(kernel.task(10, 1, "sh", "/bin/sh", "sh"));
    private final PipelineFixture sensor = new PipelineFixture(source);

    private static ContainerFacts web(Map<String, String> labels, boolean all) {
        return new ContainerFacts(
                "containerd",
                false,
                "web",
                "shop/web:1@sha256:ab",
                "",
                "f".repeat(64),
                "web-1",
                "shop",
                POD,
                labels,
                all);
    }

    private Event exec(int pid) {
        return sensor.feed(kernel.cgroupKey(4242).execIn(CGROUP, pid, 10, "ls", "/bin/ls", "ls"))
                .lastEvent();
    }

    @Test
    void theFirstExecOfAContainerSaysAllThatItsRuntimeSaid() {
        source.container(ID, web(Map.of("app", "web", "tier", ""), true));
        Container container = exec(20).getContainer();
        assertThat(container.getUid()).isEqualTo(ID);
        assertThat(container.getName()).isEqualTo("web");
        assertThat(container.getImage()).isEqualTo("shop/web:1@sha256:ab");
        assertThat(container.getImageDigest()).isEqualTo("sha256:ab");
        assertThat(container.getRuntime()).isEqualTo("containerd");
        assertThat(container.getContext()).isEqualTo(ContextState.CONTEXT_STATE_FULL);
        assertThat(container.getPod().getName()).isEqualTo("web-1");
        assertThat(container.getPod().getNamespace()).isEqualTo("shop");
        assertThat(container.getPod().getUid()).isEqualTo(POD);
        assertThat(container.getPod().getLabelsMap()).isEqualTo(Map.of("app", "web", "tier", ""));
        assertThat(container.getPod().getLabelsIncomplete()).isFalse();
    }

    @Test
    void withoutABundleThePathStillNamesThePodAndTheContextIsMissing() {
        Container container = exec(20).getContainer();
        assertThat(container.getUid()).isEqualTo(ID);
        assertThat(container.getContext()).isEqualTo(ContextState.CONTEXT_STATE_MISSING);
        assertThat(container.getPod().getUid()).isEqualTo(POD);
        assertThat(container.getPod().getLabelsIncomplete()).isTrue();
        assertThat(sensor.pipeline().containers().missing()).isOne();
    }

    @Test
    void aBundleThatIsFoundLaterMakesTheNextEventsLate() {
        exec(20);
        source.container(ID, web(Map.of(), false));
        sensor.pipeline().expire(SECOND);
        assertThat(exec(21).getContainer().getContext()).isEqualTo(ContextState.CONTEXT_STATE_MISSING);
        sensor.pipeline().expire(3 * SECOND);
        assertThat(exec(22).getContainer().getContext()).isEqualTo(ContextState.CONTEXT_STATE_LATE);
        assertThat(exec(22).getContainer().getName()).isEqualTo("web");
        assertThat(sensor.pipeline().containers().missing()).isZero();
        assertThat(sensor.pipeline().containers().unexplained()).isOne();
    }

    @Test
    void labelsThatTheRuntimeTellsAfterTheFirstEventAreOnTheNext() {
        source.container(ID, web(Map.of(), false));
        assertThat(exec(20).getContainer().getPod().getLabelsIncomplete()).isTrue();
        source.container(ID, web(Map.of("app", "web"), true));
        sensor.pipeline().expire(SECOND);
        Container container = exec(21).getContainer();
        assertThat(container.getPod().getLabelsMap()).containsOnly(Map.entry("app", "web"));
        assertThat(container.getContext()).isEqualTo(ContextState.CONTEXT_STATE_FULL);
    }

    @Test
    void moreLabelsThanAnEventShouldCarryAreCutAndThatIsSaid() {
        Map<String, String> many = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            many.put("label-" + i, "x".repeat(63));
        }
        source.container(ID, web(many, true));
        Container container = exec(20).getContainer();
        assertThat(container.getPod().getLabelsCount()).isBetween(10, 59);
        assertThat(container.getPod().getLabelsIncomplete()).isTrue();
        assertThat(container.getSerializedSize()).isLessThan(6 * 1024);
    }

    @Test
    void aRemovedCgroupIsForgotten() {
        exec(20);
        source.removed(4242);
        sensor.pipeline().expire(SECOND);
        assertThat(sensor.pipeline().containers().missing()).isZero();
        source.container(ID, web(Map.of(), false));
        assertThat(exec(21).getContainer().getContext()).isEqualTo(ContextState.CONTEXT_STATE_FULL);
    }

    @Test
    void onANodeThatIsAContainerItsOwnProcessesAreOnTheHost() {
        String node = "e".repeat(64);
        FixtureSource nested =
                new FixtureSource().task(kernel.cgroupKey(7).taskIn("/docker/" + node + "/init.scope", 1));
        nested.container(ID, web(Map.of(), false));
        PipelineFixture there = new PipelineFixture(nested);
        there.feed(
                kernel.cgroupKey(8)
                        .execIn("/docker/" + node + "/kubelet.slice", 20, 1, "kubelet", "/kubelet", "kubelet"),
                kernel.cgroupKey(9).execIn("/docker/" + node + "/kubelet" + CGROUP, 21, 1, "ls", "/ls", "ls"));
        assertThat(there.events().getFirst().hasContainer()).isFalse();
        assertThat(there.lastEvent().getContainer().getName()).isEqualTo("web");
    }
}
