/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import static dev.defender.publisher.spool.SpoolFixture.SENSOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.spool.LaneReader.Found;
import dev.defender.publisher.spool.SpoolFixture.Seen;
import dev.defender.publisher.stream.StreamId;
import dev.defender.publisher.support.TestProducer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad disks: the start succeeds, little is lost, and what is lost is named exactly. */
class DamageTest {
    private static final int BODY = 5;
    private static final int RECORD = 16 + BODY;
    private static final int IN_BLOCK = 2;
    private static final int ALL = 3 * IN_BLOCK;
    private static final StreamId LATER = new StreamId("sensor", TestProducer.BOOT, 8);

    @TempDir
    Path directory = Path.of("");

    /** Three blocks of records, then another stream; the second opening seals the segment. */
    private Path threeBlocks() throws IOException {
        Path spool = directory.resolve("spool");
        try (Spool open = SpoolFixture.open(spool, 1 << 20)) {
            LaneWriter writer = open.lane(Lanes.BULK).writer();
            for (int block = 0; block < 3; block++) {
                SpoolFixture.append(writer, SENSOR, Lanes.BULK, block * IN_BLOCK + 1, (block + 1) * IN_BLOCK, BODY);
            }
            writer.sync();
        }
        try (Spool open = SpoolFixture.open(spool, 1 << 20)) {
            LaneWriter writer = open.lane(Lanes.BULK).writer();
            SpoolFixture.append(writer, LATER, Lanes.BULK, 1, 1, BODY);
            writer.sync();
        }
        return spool;
    }

    @Test
    void anyFlippedByteCostsAtMostItsBlockAndIsNamed() throws IOException {
        Path good = threeBlocks();
        byte[] bytes =
                Files.readAllBytes(SpoolFixture.segments(good.resolve("bulk")).getFirst());
        int single = 0;
        for (int at = 0; at < bytes.length; at++) {
            Path spool = directory.resolve("flipped");
            SpoolFixture.copy(good, spool);
            byte[] flipped = bytes.clone();
            flipped[at] ^= 0x41;
            Files.write(SpoolFixture.segments(spool.resolve("bulk")).getFirst(), flipped);
            try (Spool open = SpoolFixture.open(spool, 1 << 20);
                    LaneReader reader = open.lane(Lanes.BULK).reader()) {
                long missing = everyRecordIsReadOrNamed(SpoolFixture.readAll(reader), at);
                assertThat(missing).as("byte %d", at).isLessThanOrEqualTo(IN_BLOCK);
                single += missing == 1 ? 1 : 0;
            }
            SpoolFixture.delete(spool);
        }
        // Payload and CRC table: every byte there costs one record.
        assertThat(single).isGreaterThanOrEqualTo(ALL * (RECORD + Block.CRC_BYTES));
    }

    /** Returns how many records the reader named as lost. */
    private static long everyRecordIsReadOrNamed(List<Seen> seen, int at) {
        boolean[] covered = new boolean[ALL + 1];
        long missing = 0;
        for (Seen each : seen) {
            if (!each.stream().equals(SENSOR)) {
                continue;
            }
            for (long sequence = each.first(); sequence <= each.last(); sequence++) {
                assertThat(covered[(int) sequence])
                        .as("byte %d, record %d twice", at, sequence)
                        .isFalse();
                covered[(int) sequence] = true;
            }
            if (each.found() == Found.LOSS) {
                missing += each.last() - each.first() + 1;
            } else {
                byte[] expected = TestProducer.records(Lanes.BULK, 1, each.first(), each.last(), BODY);
                assertThat(each.bytes()).as("byte %d", at).isEqualTo(expected);
            }
        }
        for (int sequence = 1; sequence <= ALL; sequence++) {
            assertThat(covered[sequence]).as("byte %d, record %d", at, sequence).isTrue();
        }
        return missing;
    }

    @Test
    void anyTornTailIsCutAndTheRestIsWhole() throws IOException {
        Path good = directory.resolve("good");
        try (Spool open = SpoolFixture.open(good, 1 << 20)) {
            LaneWriter writer = open.lane(Lanes.BULK).writer();
            SpoolFixture.append(writer, SENSOR, Lanes.BULK, 1, 5, BODY);
            SpoolFixture.append(writer, SENSOR, Lanes.BULK, 6, 10, BODY);
            writer.sync();
        }
        byte[] bytes =
                Files.readAllBytes(SpoolFixture.segments(good.resolve("bulk")).getFirst());
        int block = Block.HEADER_BYTES + 5 * (RECORD + Block.CRC_BYTES);
        for (int length = bytes.length - block; length < bytes.length; length++) {
            Path spool = directory.resolve("torn");
            SpoolFixture.copy(good, spool);
            Path segment = SpoolFixture.segments(spool.resolve("bulk")).getFirst();
            Files.write(segment, Arrays.copyOf(bytes, length));
            try (Spool open = SpoolFixture.open(spool, 1 << 20);
                    LaneReader reader = open.lane(Lanes.BULK).reader()) {
                assertThat(open.lane(Lanes.BULK).writer().durable(SENSOR)).isEqualTo(5);
                assertThat(open.stats().tornBytes.get()).isEqualTo(length - (bytes.length - block));
                assertThat(SpoolFixture.readAll(reader))
                        .allSatisfy(each -> assertThat(each.found()).isEqualTo(Found.RECORDS))
                        .last()
                        .satisfies(each -> assertThat(each.last()).isEqualTo(5));
                // The producer was told of 10 and begins at 11: what is gone is found and named.
                open.lane(Lanes.BULK).writer().define(SENSOR, 10);
                open.lane(Lanes.BULK).writer().sync();
                Seen loss = SpoolFixture.readAll(reader).getFirst();
                assertThat(loss.found()).isEqualTo(Found.LOSS);
                assertThat(loss.first()).isEqualTo(6);
                assertThat(loss.last()).isEqualTo(10);
            }
            SpoolFixture.delete(spool);
        }
    }

    @Test
    void aHopelessSegmentIsSetAsideAndNamed() throws IOException {
        Path spool = threeBlocks();
        Path segment = SpoolFixture.segments(spool.resolve("bulk")).getLast();
        byte[] rubbish = new byte[5000];
        Arrays.fill(rubbish, (byte) 'x');
        Files.write(segment, rubbish);
        try (Spool open = SpoolFixture.open(spool, 1 << 20);
                LaneReader reader = open.lane(Lanes.BULK).reader()) {
            assertThat(open.stats().quarantinedFiles.get()).isEqualTo(1);
            assertThat(spool.resolve("bulk/quarantine").resolve(segment.getFileName()))
                    .exists();
            assertThat(open.lane(Lanes.BULK).writer().durable(SENSOR)).isEqualTo(ALL);
            assertThat(SpoolFixture.readAll(reader).getLast().last()).isEqualTo(ALL);
        }
    }

    @Test
    void quarantineIsBounded() throws IOException {
        Path lane = directory.resolve("spool/bulk");
        for (int i = 1; i <= 9; i++) {
            Files.createDirectories(lane);
            Files.writeString(lane.resolve("000000000000000" + i + "-00000000.seg"), "rubbish");
        }
        try (Spool open = SpoolFixture.open(directory.resolve("spool"), 1 << 20)) {
            assertThat(open.stats().quarantinedFiles.get()).isEqualTo(9);
            assertThat(open.stats().discardedFiles.get()).isEqualTo(9 - Quarantine.MAX_FILES);
        }
    }

    @Test
    void aDamagedCheckpointCostsRepetitionOnly() throws IOException {
        Path spool = threeBlocks();
        Files.writeString(spool.resolve("bulk/checkpoint"), "rubbish");
        try (Spool open = SpoolFixture.open(spool, 1 << 20);
                LaneReader reader = open.lane(Lanes.BULK).reader()) {
            everyRecordIsReadOrNamed(SpoolFixture.readAll(reader), -1);
        }
    }

    @Test
    void aHeaderThatAProcessSmuggledIntoAnEventIsNotBelieved() throws IOException {
        Path spool = directory.resolve("spool");
        try (Spool open = SpoolFixture.open(spool, 1 << 20)) {
            LaneWriter writer = open.lane(Lanes.BULK).writer();
            SpoolFixture.append(writer, SENSOR, Lanes.BULK, 1, 1, 400);
            writer.sync();
        }
        // A whole valid block of another segment, with another salt, where the payload was; the true header is damaged.
        Path segment = SpoolFixture.segments(spool.resolve("bulk")).getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        byte[] foreign = foreignBlock();
        System.arraycopy(foreign, 0, bytes, bytes.length - foreign.length, foreign.length);
        bytes[bytes.length - 400 - 16 - 4 - 10] ^= 1;
        Files.write(segment, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        try (Spool open = SpoolFixture.open(spool, 1 << 20);
                LaneReader reader = open.lane(Lanes.BULK).reader()) {
            assertThat(SpoolFixture.readAll(reader)).isEmpty();
        }
    }

    private byte[] foreignBlock() throws IOException {
        Path other = directory.resolve("other");
        try (Spool open = SpoolFixture.open(other, 1 << 20)) {
            SpoolFixture.append(open.lane(Lanes.BULK).writer(), SENSOR, Lanes.BULK, 1, 1, 100);
            open.lane(Lanes.BULK).writer().sync();
        }
        byte[] bytes =
                Files.readAllBytes(SpoolFixture.segments(other.resolve("bulk")).getFirst());
        return Arrays.copyOfRange(bytes, bytes.length - Block.HEADER_BYTES - 4 - 16 - 100, bytes.length);
    }
}
