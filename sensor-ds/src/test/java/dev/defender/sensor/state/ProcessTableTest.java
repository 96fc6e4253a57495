/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.protocol.v1.Event;
import dev.defender.sensor.FixtureSource;
import dev.defender.sensor.PipelineFixture;
import dev.defender.sensor.RawRecords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ProcessTableTest {
    private final RawRecords kernel = new RawRecords();

    @Property(tries = 200)
    void aProcessIsAlwaysWhatItLastRan(@ForAll @Size(max = 120) List<@IntRange(min = 0, max = 1599) Integer> steps) {
        PipelineFixture sensor = new PipelineFixture(new FixtureSource());
        Map<Integer, String> model = new HashMap<>();
        int program = 0;
        for (int step : steps) {
            int pid = 100 + step % 40;
            int child = 100 + (step / 40 + 7) % 40;
            switch (step / 400) {
                case 0 -> {
                    String name = "p" + program++;
                    sensor.feed(kernel.exec(pid, 1, name, "/bin/" + name, name));
                    model.put(pid, name);
                }
                case 1 -> {
                    if (child != pid) {
                        sensor.feed(kernel.fork(pid, 1, child));
                        model.put(child, model.computeIfAbsent(pid, p -> "fork"));
                    }
                }
                case 2 -> {
                    sensor.feed(kernel.exit(pid, 1, 0, 0));
                    model.putIfAbsent(pid, "exit");
                }
                default -> {
                    sensor.feed(kernel.open(pid, 1, "/f", 0x41, 3));
                    model.putIfAbsent(pid, "open");
                }
            }
            if (!sensor.events().isEmpty()) {
                Event last = sensor.lastEvent();
                assertThat(last.getProcess().getName())
                        .isEqualTo(model.get(last.getProcess().getPid()));
            }
        }
        assertThat(sensor.pipeline().evicted()).isZero();
    }

    @Test
    void aFloodIsEvictedOldestFirstAndCounted() {
        PipelineFixture sensor = fixture(100, 1 << 20);
        for (int i = 0; i < 1000; i++) {
            sensor.feed(kernel.exec(1000 + i, 1, "n" + i, "/bin/n", "n"));
        }
        assertThat(sensor.pipeline().processes()).isEqualTo(100);
        assertThat(sensor.pipeline().evicted()).isEqualTo(900);
        assertThat(sensor.feed(kernel.open(1999, 1, "/f", 0x41, 3))
                        .lastEvent()
                        .getProcess()
                        .getCmdLine())
                .isEqualTo("n");
    }

    /** The kernel's bytes have no encoding: what is no UTF-8 is replaced, and each process keeps its own name. */
    @Test
    void aFloodOfNamesOfEveryByteValueStaysRight() {
        PipelineFixture sensor = fixture(100, 1 << 20);
        for (int i = 0; i < 1020; i++) {
            char value = (char) (i % 255 + 1);
            String name = "n" + value + i;
            Event event =
                    sensor.feed(kernel.exec(1000 + i, 1, name, "/bin/n", name)).lastEvent();

            String text = "n" + (value < 0x80 ? value : '\uFFFD') + i;
            assertThat(event.getProcess().getName()).isEqualTo(text);
            assertThat(event.getProcess().getCmdLine()).isEqualTo(text);
            assertThat(event.getRepaired() > 0).as("byte %d", (int) value).isEqualTo(value >= 0x80);
        }
        assertThat(sensor.pipeline().processes()).isEqualTo(100);
        assertThat(sensor.pipeline().evicted()).isEqualTo(920);
    }

    @Test
    void memoryIsBoundedToo() {
        PipelineFixture sensor = fixture(10_000, 256 << 10);
        String big = "x".repeat(3000);
        for (int i = 0; i < 500; i++) {
            sensor.feed(kernel.exec(1000 + i, 1, "n", "/bin/n", "n", big));
        }
        assertThat(sensor.pipeline().evicted()).isPositive();
        assertThat(sensor.lastEvent().getProcess().getCmdLine()).isEqualTo("n " + big);
    }

    @Test
    void theDeadGoAfterAWhileButNotTheAncestorsOfTheLiving() {
        PipelineFixture sensor = new PipelineFixture(new FixtureSource());
        sensor.feed(
                kernel.exec(10, 1, "parent", "/parent", "parent"),
                kernel.fork(10, 1, 11),
                kernel.exec(20, 1, "alone", "/alone", "alone"),
                kernel.exit(10, 1, 0, 0),
                kernel.exit(20, 1, 0, 0));
        assertThat(sensor.pipeline().processes()).isEqualTo(3);
        sensor.pipeline().expire(RawRecords.START + 2 * ProcessTable.GRACE_NS);
        assertThat(sensor.pipeline().processes()).isEqualTo(2);
        Event open = sensor.feed(kernel.open(11, 1, "/f", 0x41, 3)).lastEvent();
        assertThat(open.getProcess().getParentProcess().getName()).isEqualTo("parent");
    }

    private static PipelineFixture fixture(int processes, int bytes) {
        return new PipelineFixture(
                new FixtureSource(), (type, fields, handler) -> {}, new ProcessTable(processes, new BufferPool(bytes)));
    }
}
