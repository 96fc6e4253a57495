/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import bpf4j.probe.Verdict;
import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.ContextState;
import dev.defender.protocol.v1.Event;
import dev.defender.sensor.PipelineFixture;
import dev.defender.sensor.bundle.BundleDirectories;
import dev.defender.sensor.bundle.NodeContainers;
import dev.defender.sensor.probe.HostProbe;
import dev.defender.sensor.ring.BootClock;
import dev.defender.sensor.ring.LiveSource;
import dev.defender.sensor.ring.LoadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container as a runtime makes it: bundle, then cgroup, then a process that lives for milliseconds. */
class ContainerTest {
    @TempDir
    private Path host;

    /** Of no other container, and of no other run of this test. */
    private final String id = String.format("%064x", BootClock.nanos());

    private Path bundle() throws IOException {
        Path directory = Files.createDirectories(host.resolve("run/containerd/io.containerd.runtime.v2.task/k8s.io")
                .resolve(id));
        Files.writeString(directory.resolve("config.json"), """
                {"annotations": {"io.kubernetes.cri.container-name": "once",
                                 "io.kubernetes.cri.container-type": "container",
                                 "io.kubernetes.cri.image-name": "shop/once:1",
                                 "io.kubernetes.cri.sandbox-name": "once-1",
                                 "io.kubernetes.cri.sandbox-namespace": "shop",
                                 "io.kubernetes.cri.sandbox-uid": "11111111-2222-3333-4444-555555555555"}}
                """);
        return directory.resolve("config.json");
    }

    @Test
    void whatARuntimeWroteIsKnownEvenWhenItIsGoneBeforeTheFirstEventIsRead() throws Exception {
        Verdict verdict = HostProbe.here().verdict();
        assumeTrue(verdict.canObserve(), verdict.sentence());
        NodeContainers containers =
                new NodeContainers(new BundleDirectories(host.resolve("run"), host.resolve("snap")));
        try (LiveSource source = LiveSource.open(LoadOptions.of(BootClock.nanos()), "test", containers)) {
            PipelineFixture sensor = new PipelineFixture(source);
            Path bundle = bundle();
            var made = TestCgroup.v2(id);
            assumeTrue(made.isPresent(), "no cgroup2 hierarchy can be written here");
            try (TestCgroup cgroup = made.orElseThrow()) {
                Awaitility.await("the making of the cgroup wakes the sensor").until(() -> containers.size() == 1);
                Files.delete(bundle);
                cgroup.run("/bin/true");
            }
            List<Event> inside = sensor.feed().events().stream()
                    .filter(event -> event.getContainer().getUid().equals(id))
                    .toList();

            assertThat(inside).extracting(event -> event.getProcess().getName()).contains("true");
            assertThat(inside).allSatisfy(event -> {
                Container container = event.getContainer();
                assertThat(container.getContext()).isEqualTo(ContextState.CONTEXT_STATE_FULL);
                assertThat(container.getName()).isEqualTo("once");
                assertThat(container.getPod().getName()).isEqualTo("once-1");
            });

            sensor.pipeline().expire(BootClock.nanos());
            assertThat(containers.size()).as("events may still come").isOne();
            sensor.pipeline().expire(BootClock.nanos() + 120_000_000_000L);
            assertThat(containers.size()).as("the cgroup is gone for long").isZero();
        }
    }
}
