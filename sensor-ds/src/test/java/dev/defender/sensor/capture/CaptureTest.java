/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.decode.TestRecords;
import dev.defender.sensor.enrich.Redactor;
import dev.defender.sensor.ring.HostFacts;
import dev.defender.sensor.ring.RecordSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {
    private static final ArgumentMask NOTHING = (text, program, begin, end) -> 0;
    private static final long CGROUP = 7L << 56 | 42;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("capture");
    }

    private static List<ByteBuffer> tasks() {
        ByteBuffer init = TestRecords.exec(EventType.TASK, 1, "init\0secret\0", "/sbin/init");
        ByteBuffer stranger = TestRecords.exec(EventType.TASK, 2, "stranger\0", "/bin/stranger");
        ByteBuffer inside = TestRecords.exec(EventType.TASK, 3, "inside\0arg\0", "/bin/inside");
        init.putLong(16, 99).putInt(48, 0);
        stranger.putLong(16, 99);
        return List.of(init, stranger, inside);
    }

    private static List<ByteBuffer> records() {
        return List.of(
                TestRecords.fork(1, 10),
                TestRecords.exec(EventType.EXEC, 10, "tool\0--password\0hunter2\0", "/bin/tool"),
                TestRecords.connect(10),
                TestRecords.open(10, "/etc/shadow"),
                TestRecords.exit(10, 3));
    }

    private void record(List<ByteBuffer> records, long cgroup, ArgumentMask mask) throws IOException {
        RecordingOptions options = new RecordingOptions("sensor", 5, cgroup, mask, mask == ArgumentMask.ALL);
        try (RecordSource source = RecordingSource.start(new ListSource(tasks(), records), file, options)) {
            source.initialTasks((buffer, offset, length) -> {});
            while (source.poll((buffer, offset, length) -> {}, 0) > 0) {
                assertThat(((RecordingSource) source).recording()).isTrue();
            }
        }
    }

    @Test
    void whatTheRuntimeSaidOfAContainerIsReplayed() throws IOException {
        ByteBuffer exec = TestRecords.exec(EventType.EXEC, 10, "tool\0", "/bin/tool");
        exec.putLong(16, ListSource.CONTAINER);
        record(List.of(exec), 0, NOTHING);
        try (ReplaySource source = ReplaySource.open(file, ReplaySource.Speed.FULL)) {
            assertThat(source.facts().container(ListSource.CONTAINER, ListSource.CONTAINER_ID))
                    .isEqualTo(ListSource.FACTS);
            assertThat(source.facts().container(CGROUP, ListSource.CONTAINER_ID))
                    .isNull();
        }
    }

    private static List<ByteBuffer> replay(RecordSource source) {
        List<ByteBuffer> found = new ArrayList<>();
        while (!source.ended()) {
            source.poll((buffer, offset, length) -> found.add(copy(buffer, offset, length)), 0);
        }
        return found;
    }

    private static List<ByteBuffer> replayedTasks(RecordSource source) {
        List<ByteBuffer> found = new ArrayList<>();
        source.initialTasks((buffer, offset, length) -> found.add(copy(buffer, offset, length)));
        return found;
    }

    private static ByteBuffer copy(ByteBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.get(offset, bytes);
        return ByteBuffer.wrap(bytes).order(buffer.order());
    }

    private static String args(ByteBuffer exec) {
        byte[] bytes = new byte[exec.getShort(140)];
        exec.get(152, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void deliversEveryRecordAndEveryFactAgain() throws IOException {
        record(records(), 0, NOTHING);
        try (ReplaySource replay = ReplaySource.open(file, ReplaySource.Speed.FULL)) {
            assertThat(replayedTasks(replay)).isEqualTo(tasks());
            assertThat(replay(replay)).isEqualTo(records());

            assertThat(replay.damage()).isNull();
            assertThat(replay.records()).isEqualTo(5);
            assertThat(replay.lostWhileRecording()).isZero();
            assertThat(replay.producer()).matches("replay:[0-9a-f]{16}");
            assertThat(replay.facts().userName(1000)).isEqualTo("bob");
            assertThat(replay.facts().userName(1)).isEmpty();
            assertThat(replay.facts().cgroupPath(CGROUP)).isEqualTo("/pod/c1");
            assertThat(replay.facts().cgroupPath(99)).isNull();
            assertThat(replay.facts().origin()).isEqualTo(new HostFacts.CaptureOrigin("node-1", "boot-1", "sensor", 5));
            assertThat(replay.facts().architecture()).isEqualTo("x86_64");
        }
    }

    @Test
    void countsWhatItDeliversAsCaptured() throws IOException {
        record(records(), 0, NOTHING);
        try (ReplaySource replay = ReplaySource.open(file, ReplaySource.Speed.FULL)) {
            replayedTasks(replay);
            replay(replay);

            for (int type :
                    new int[] {EventType.EXEC, EventType.FORK, EventType.EXIT, EventType.CONNECT, EventType.OPEN}) {
                assertThat(replay.ledger().captured(5 * 8 + type - 1)).isEqualTo(1);
            }
        }
    }

    @Test
    void theSameFileIsTheSameProducer() throws IOException {
        record(records(), 0, NOTHING);
        Path copy = Files.copy(file, directory.resolve("copy"));
        try (ReplaySource one = ReplaySource.open(file, ReplaySource.Speed.FULL);
                ReplaySource two = ReplaySource.open(copy, ReplaySource.Speed.FULL)) {
            assertThat(one.producer()).isEqualTo(two.producer());
        }
    }

    @Test
    void keepsTheRecordedPace() throws IOException {
        ByteBuffer later = TestRecords.exit(10, 0);
        later.putLong(8, later.getLong(8) + 3_600_000_000_000L);
        record(List.of(TestRecords.fork(10, 11), later), 0, NOTHING);
        try (ReplaySource replay = ReplaySource.open(file, ReplaySource.Speed.RECORDED)) {
            List<ByteBuffer> found = new ArrayList<>();
            replay.poll((buffer, offset, length) -> found.add(copy(buffer, offset, length)), 0);
            replay.wakeup();
            replay.poll((buffer, offset, length) -> found.add(copy(buffer, offset, length)), Long.MAX_VALUE);

            assertThat(found).hasSize(1);
            assertThat(replay.ended()).isFalse();
        }
    }

    @Test
    void masksEveryArgumentButTheProgram() throws IOException {
        record(records(), 0, ArgumentMask.ALL);
        try (ReplaySource replay = ReplaySource.open(file, ReplaySource.Speed.FULL)) {
            assertThat(args(replay(replay).get(1))).isEqualTo("tool\0xxxxxxxxxx\0xxxxxxx\0");
        }
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("hunter2");
    }

    @Test
    void masksWhatItIsToldToMask() throws IOException {
        record(records(), 0, (text, program, begin, end) -> {
            assertThat(new String(text, program, begin - program, StandardCharsets.US_ASCII))
                    .endsWith("\0");
            String rest = new String(text, begin, end - begin, StandardCharsets.US_ASCII);
            int at = rest.indexOf("hunter2");
            if (at >= 0) {
                Arrays.fill(text, begin + at, begin + at + 7, (byte) 'x');
            }
            return at >= 0 ? 1 : 0;
        });
        try (ReplaySource replay = ReplaySource.open(file, ReplaySource.Speed.FULL)) {
            assertThat(args(replay(replay).get(1))).isEqualTo("tool\0--password\0xxxxxxx\0");
        }
    }

    @Test
    void holdsNoSecretWithTheMaskOfTheSensor() throws IOException {
        record(records(), 0, new Redactor()::maskInPlace);
        try (ReplaySource replay = ReplaySource.open(file, ReplaySource.Speed.FULL)) {
            assertThat(args(replay(replay).get(1))).isEqualTo("tool\0--password\0xxxxxxx\0");
        }
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .doesNotContain("hunter2");
    }

    @Test
    void limitedToACgroupItKeepsOthersAsAncestorsOnly() throws IOException {
        ByteBuffer foreign = TestRecords.connect(77);
        foreign.putLong(16, 99);
        List<ByteBuffer> records = new ArrayList<>(records());
        records.add(foreign);
        record(records, CGROUP, NOTHING);
        try (ReplaySource replay = ReplaySource.open(file, ReplaySource.Speed.FULL)) {
            List<ByteBuffer> tasks = replayedTasks(replay);

            assertThat(tasks).hasSize(2);
            assertThat(args(tasks.get(0))).isEqualTo("init\0xxxxxx\0");
            assertThat(args(tasks.get(1))).isEqualTo("inside\0arg\0");
            assertThat(replay(replay)).isEqualTo(records());
        }
    }

    @Test
    void theFileIsItsOwnersAloneAndNeverOverwritten() throws IOException {
        record(records(), 0, NOTHING);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> record(records(), 0, NOTHING)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void cutOffAnywhereTheGoodPartIsReplayed() throws IOException {
        record(records(), 0, NOTHING);
        byte[] whole = Files.readAllBytes(file);
        Path cut = directory.resolve("cut");
        int usable = 0;
        for (int length = 0; length < whole.length; length += 3) {
            Files.write(cut, Arrays.copyOf(whole, length));
            try (ReplaySource replay = ReplaySource.open(cut, ReplaySource.Speed.FULL)) {
                List<ByteBuffer> found = replay(replay);
                assertThat(replay.damage()).as("length %d", length).isNotNull().contains("cut");
                assertThat(found).isEqualTo(records().subList(0, found.size()));
                assertThat(found).hasSize((int) replay.records());
                usable++;
            } catch (CaptureException nothingUsable) {
                assertThat(nothingUsable).hasMessageContaining("cut");
            }
        }
        assertThat(usable).isPositive();
    }

    @Test
    void aFlippedBitAnywhereIsFoundAndWhatStandsBeforeItIsReplayed() throws IOException {
        record(records(), 0, NOTHING);
        byte[] whole = Files.readAllBytes(file);
        Path bad = directory.resolve("bad");
        for (int at = 0; at < whole.length; at += 3) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            Files.write(bad, flipped);
            try (ReplaySource replay = ReplaySource.open(bad, ReplaySource.Speed.FULL)) {
                List<ByteBuffer> found = replay(replay);
                assertThat(replay.damage()).as("byte %d", at).isNotNull();
                assertThat(found).isEqualTo(records().subList(0, found.size()));
            } catch (CaptureException nothingUsable) {
                assertThat(nothingUsable).hasMessageContaining("bad");
            }
        }
    }

    @Test
    void anotherFileOrAnotherVersionIsNamed() throws IOException {
        Files.writeString(file, "not a capture at all");
        assertThatThrownBy(() -> ReplaySource.open(file, ReplaySource.Speed.FULL))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("is not a capture file");

        Path other = directory.resolve("other");
        try (ChunkWriter writer = new ChunkWriter(other)) {
            ByteBuffer header = ByteBuffer.allocate(100);
            writer.write(ChunkType.HEADER, 1, header.put("format=9\nabi=1\n".getBytes(StandardCharsets.UTF_8)));
        }
        assertThatThrownBy(() -> ReplaySource.open(other, ReplaySource.Speed.FULL))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("format 9");
    }

    @Test
    void aRecordThatDoesNotFitItsChunkEndsTheGoodPart() throws IOException {
        record(records(), 0, NOTHING);
        Path crafted = directory.resolve("crafted");
        try (ChunkReader reader = new ChunkReader(file);
                ChunkWriter writer = new ChunkWriter(crafted)) {
            assertThat(reader.next()).isTrue();
            ByteBuffer header = ByteBuffer.allocate(1000);
            writer.write(ChunkType.HEADER, 1, header.put(reader.payload()));
            ByteBuffer broken = ByteBuffer.allocate(400).order(java.nio.ByteOrder.LITTLE_ENDIAN);
            writer.write(ChunkType.RECORDS, 1, broken.putInt(5000).put(new byte[300]));
        }
        try (ReplaySource replay = ReplaySource.open(crafted, ReplaySource.Speed.FULL)) {
            assertThat(replay(replay)).isEmpty();
            assertThat(replay.damage()).contains("does not fit");
        }
    }
}
