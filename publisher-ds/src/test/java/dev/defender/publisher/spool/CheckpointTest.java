/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import static dev.defender.publisher.spool.SpoolFixture.SENSOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.spool.SpoolFixture.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments go only behind a durable checkpoint, and marks outlive the segments. */
class CheckpointTest {
    @TempDir
    Path directory = Path.of("");

    private Path lane = Path.of("");

    @BeforeEach
    void threeSegments() throws IOException {
        lane = directory.resolve("bulk");
        try (Spool spool = SpoolFixture.open(directory, 1 << 20)) {
            LaneWriter writer = spool.lane(Lanes.BULK).writer();
            for (int frame = 0; frame < 9; frame++) {
                SpoolFixture.append(writer, SENSOR, Lanes.BULK, frame * 50L + 1, frame * 50L + 50, 500);
            }
        }
        assertThat(SpoolFixture.segments(lane)).hasSizeGreaterThan(2);
    }

    @Test
    void noSegmentGoesWithoutADurableCheckpoint() throws IOException {
        List<Path> before = SpoolFixture.segments(lane);
        // The checkpoint cannot be written: its file to be is a directory with something in it.
        Files.createDirectories(lane.resolve("checkpoint.new/in-the-way"));
        try (Spool spool = SpoolFixture.open(directory, 1 << 20);
                LaneReader reader = spool.lane(Lanes.BULK).reader()) {
            Seen last = SpoolFixture.readAll(reader).getLast();
            assertThatThrownBy(() -> reader.settle(SENSOR, last.last(), last.after()))
                    .isInstanceOf(IOException.class);
            assertThat(SpoolFixture.segments(lane)).containsAll(before);
            SpoolFixture.delete(lane.resolve("checkpoint.new"));
            reader.checkpoint();
            assertThat(SpoolFixture.segments(lane)).hasSizeLessThan(before.size());
            assertThat(lane.resolve("checkpoint")).exists();
        }
    }

    @Test
    void marksOutliveTheSegments() throws IOException {
        try (Spool spool = SpoolFixture.open(directory, 1 << 20);
                LaneReader reader = spool.lane(Lanes.BULK).reader()) {
            Seen last = SpoolFixture.readAll(reader).getLast();
            reader.settle(SENSOR, last.last(), last.after());
            reader.drained();
            reader.checkpoint();
        }
        for (Path segment : SpoolFixture.segments(lane)) {
            Files.delete(segment);
        }
        try (Spool spool = SpoolFixture.open(directory, 1 << 20);
                LaneReader reader = spool.lane(Lanes.BULK).reader()) {
            assertThat(spool.lane(Lanes.BULK).writer().durable(SENSOR)).isEqualTo(450);
            SpoolFixture.append(spool.lane(Lanes.BULK).writer(), SENSOR, Lanes.BULK, 451, 460, 500);
            spool.lane(Lanes.BULK).writer().sync();
            Seen next = SpoolFixture.readAll(reader).getFirst();
            assertThat(next.first()).isEqualTo(451);
        }
    }

    @Test
    void whatWasSettledWithinASegmentIsNotReadAgain() throws IOException {
        try (Spool spool = SpoolFixture.open(directory, 1 << 20);
                LaneReader reader = spool.lane(Lanes.BULK).reader()) {
            reader.next();
            reader.settle(reader.stream(), reader.last(), reader.position());
            reader.checkpoint();
        }
        try (Spool spool = SpoolFixture.open(directory, 1 << 20);
                LaneReader reader = spool.lane(Lanes.BULK).reader()) {
            List<Seen> rest = SpoolFixture.readAll(reader);
            assertThat(rest.getFirst().first()).isGreaterThan(1);
            assertThat(rest.getLast().last()).isEqualTo(450);
        }
    }

    @Test
    void aFullBudgetRefusesBulkWhileUrgentKeepsItsReserve() throws IOException {
        try (Spool spool = SpoolFixture.open(directory, 1 << 20)) {
            LaneWriter bulk = spool.lane(Lanes.BULK).writer();
            assertThatThrownBy(() -> {
                        for (long next = 451; ; next += 50) {
                            SpoolFixture.append(bulk, SENSOR, Lanes.BULK, next, next + 49, 500);
                        }
                    })
                    .isInstanceOf(SpoolFullException.class);
            assertThat(bulk.creditBytes()).isZero();
            LaneWriter urgent = spool.lane(Lanes.URGENT).writer();
            assertThat(urgent.creditBytes()).isPositive();
            SpoolFixture.append(urgent, SENSOR, Lanes.URGENT, 1, 50, 500);
        }
    }
}
