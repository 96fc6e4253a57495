/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.ring.LedgerMaps;
import dev.defender.sensor.ring.LedgerPins;
import dev.defender.sensor.ring.PinnedLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedLedgerTest {
    @TempDir
    private Path directory;

    private boolean mounted;

    @BeforeEach
    void mountBpfFileSystem() throws Exception {
        mounted = new ProcessBuilder("mount", "-t", "bpf", "bpf", directory.toString())
                        .start()
                        .waitFor()
                == 0;
        assumeTrue(mounted, "a bpf file system cannot be mounted here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            new ProcessBuilder("umount", directory.toString()).start().waitFor();
        }
    }

    @Test
    void countersOutliveTheSensorAndAreTheEpochs() throws Exception {
        LedgerPins pins = new LedgerPins(directory);
        assertThat(pins.available()).isTrue();
        assertThat(pins.older()).isEmpty();
        int cell;
        try (KernelFixture first = KernelFixture.open(options -> options.withPins(pins))) {
            cell = KernelFixture.only(first.run("/bin/true"), EventType.EXEC).ledgerRow() * 8;
            first.ledger().setCell(cell, 3, 17);
            first.ledger().setHead(2, 99);
            first.ledger().setIndex(1, 5, 123);
            first.ledger().setContainer(cell / 8, "abc".getBytes(StandardCharsets.US_ASCII), 0, 3);
            first.cgroup.run("/bin/true");
        }
        // The process is gone and another one begins: its epoch stands beside the older one.
        try (KernelFixture second = KernelFixture.open(options -> options.withPins(pins))) {
            List<PinnedLedger> found = pins.older();
            assertThat(found).hasSize(2);
            assertThat(found.get(0).epoch()).isLessThan(found.get(1).epoch());
            try (LedgerMaps old = found.getFirst().map()) {
                assertThat(old.captured(cell)).isEqualTo(2);
                assertThat(old.cell(cell, 3)).isEqualTo(17);
                assertThat(old.head(2)).isEqualTo(99);
                assertThat(old.index(1, 5)).isEqualTo(123);
                assertThat(old.container(cell / 8)).isEqualTo("abc");
                assertThat(second.ledger().cell(cell, 3)).isZero();
            }
            found.getFirst().forget();
            assertThat(pins.older())
                    .extracting(PinnedLedger::epoch)
                    .containsExactly(found.get(1).epoch());
            pins.forget(found.get(1).epoch());
            assertThat(pins.older()).isEmpty();
        }
    }

    @Test
    void pinsThatWereNeverCompleteAreRemoved() throws IOException {
        LedgerPins pins = new LedgerPins(directory);
        assertThat(pins.available()).isTrue();
        Path broken = Files.createDirectory(directory.resolve("sensor-1").resolve("12345"));

        assertThat(pins.older()).isEmpty();
        assertThat(broken).doesNotExist();
    }

    @Test
    void anotherFileSystemIsNotAvailable() {
        assertThat(new LedgerPins(Path.of("/proc")).available()).isFalse();
        assertThat(new LedgerPins(Path.of("/dev/shm/defender-no-bpffs")).available())
                .isFalse();
    }
}
