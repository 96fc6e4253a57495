/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.sensor.decode.EventType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LossTest {
    private static final int SMALL_RING = 64 * 1024;

    @Test
    void aFullRingLosesExactlyWhatTheLedgerSays() throws Exception {
        try (KernelFixture kernel = KernelFixture.open(options -> options.withRingBytes(SMALL_RING))) {
            // Nobody reads while about 2,000 events of four classes come; 64 KiB hold some hundred.
            String script = "i=0; while [ $i -lt 400 ]; do /bin/true; : > \"$1/f\"; i=$((i+1)); done";
            List<Seen> delivered = kernel.run("/bin/sh", "-c", script, "sh", kernel.directory.toString());
            int row = delivered.getFirst().ledgerRow();
            long lost = 0;
            for (int type : new int[] {EventType.EXEC, EventType.FORK, EventType.EXIT, EventType.OPEN}) {
                int cell = row * 8 + type - 1;
                long seen = KernelFixture.ofType(delivered, type).size();
                lost += kernel.ledger().ringLost(cell);

                assertThat(kernel.ledger().captured(cell))
                        .as("class %d", type)
                        .isEqualTo(seen
                                + kernel.ledger().filtered(cell)
                                + kernel.ledger().ringLost(cell));
            }
            assertThat(lost).isGreaterThan(1000);
            assertThat(captured(kernel, row, EventType.EXEC)).isEqualTo(401);
            assertThat(captured(kernel, row, EventType.FORK)).isEqualTo(400);
            assertThat(captured(kernel, row, EventType.EXIT)).isEqualTo(401);
        }
    }

    @Test
    void aReaderThatKeepsUpLosesNothing() throws Exception {
        try (KernelFixture kernel = KernelFixture.open(options -> options.withRingBytes(SMALL_RING))) {
            Process busy =
                    kernel.cgroup.start("/bin/sh", "-c", "i=0; while [ $i -lt 300 ]; do /bin/true; i=$((i+1)); done");
            long execs = 0;
            boolean running = true;
            while (running) {
                running = busy.isAlive();
                execs += KernelFixture.ofType(kernel.drain(), EventType.EXEC).size();
            }
            long lost = IntStream.range(0, kernel.ledger().rows() * 8)
                    .mapToLong(kernel.ledger()::ringLost)
                    .sum();

            assertThat(lost).isZero();
            assertThat(execs).isEqualTo(301);
        }
    }

    private static long captured(KernelFixture kernel, int row, int type) {
        return kernel.ledger().captured(row * 8 + type - 1);
    }
}
