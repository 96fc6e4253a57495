/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.defender.protocol.clock.NodeClock;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.spool.LaneReader;
import dev.defender.publisher.spool.LaneReader.Found;
import dev.defender.publisher.spool.LaneWriter;
import dev.defender.publisher.spool.Spool;
import dev.defender.publisher.stream.StreamId;
import dev.defender.publisher.support.Delivered;
import dev.defender.publisher.support.RunningPublisher;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.ScriptedBackend;
import dev.defender.publisher.support.ScriptedBackend.Answer;
import dev.defender.publisher.support.TestPki;
import dev.defender.publisher.support.TestProducer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of four megabytes that something else fills up. */
class DiskFullTest {
    private static final int BODY = 500;
    private static final int FRAME = 40;

    private final TestPki pki = new TestPki();
    private final Path disk;
    private final Home home;
    private boolean mounted;

    DiskFullTest(@TempDir Path directory) throws Exception {
        home = new Home(directory, pki);
        disk = Files.createDirectory(directory.resolve("disk"));
    }

    @BeforeEach
    void mount() throws Exception {
        Assumptions.assumeTrue(RunningPublisher.uid() == 0, "mounting a small tmpfs needs root");
        mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()) == 0;
        Assumptions.assumeTrue(mounted, "a tmpfs cannot be mounted here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    @Test
    void nothingThatIsNotDurableIsAcknowledgedAndItGoesOnByItself() throws Exception {
        String full = "defender_publisher_condition{type=\"SpoolFull\",reason=\"NoCredit\"}";
        String failed = "defender_publisher_condition{type=\"SpoolFailed\",reason=\"WriteFailed\"}";
        AtomicBoolean down = new AtomicBoolean(true);
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            backend.decide(_ -> down.get() ? Answer.of(503) : null);
            List<String> options = home.options(
                    backend.endpoint(), "--spool=" + disk.resolve("spool"), "--identity=" + disk.resolveSibling("id"));
            try (LocalNode node = new LocalNode(options)) {
                long acked = append(1, 1);
                Path ballast = disk.resolve("ballast");
                fill(ballast);
                acked = Math.max(acked, appendUntilRefused(acked + 1));
                // Whether the budget or the disk said no first is a matter of when it last looked at the disk.
                await().until(() -> node.output().contains("SpoolFailed (WriteFailed)")
                        || node.output().contains("SpoolFull (NoCredit)"));
                assertThat(credit(acked + 1)).isZero();
                Files.delete(ballast);
                long before = acked;
                await().atMost(Duration.ofSeconds(20)).until(() -> credit(before + 1) > 0);
                acked = append(acked + 1, 3);
                await().until(() -> node.metric(full) <= 0 && node.metric(failed) <= 0);
                down.set(false);
                long last = acked;
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> backend.items("sensor", Lanes.BULK).size() >= last);
                assertThat(backend.items("sensor", Lanes.BULK).stream().map(Delivered.Item::sequence))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, last).boxed().toList());
            }
        }
    }

    @Test
    void aWriteThatTheDiskRefusesLeavesNothingBehind() throws Exception {
        try (Spool spool = Spool.open(disk.resolve("spool"), 64 << 20, NodeClock.start());
                LaneReader reader = spool.lane(Lanes.BULK).reader()) {
            LaneWriter writer = spool.lane(Lanes.BULK).writer();
            StreamId stream = new StreamId("sensor", TestProducer.BOOT, 7);
            writer.define(stream, 0);
            write(writer, stream, 1, 100);
            writer.sync();
            Path ballast = disk.resolve("ballast");
            fill(ballast);
            assertThatThrownBy(() -> {
                        write(writer, stream, 101, 200);
                        writer.sync();
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space");
            writer.rollBack();
            assertThat(writer.durable(stream)).isEqualTo(100);
            assertThat(writer.appended(stream)).isEqualTo(100);
            Files.delete(ballast);
            write(writer, stream, 101, 150);
            writer.sync();
            long last = 0;
            for (Found found = reader.next(); found != Found.NOTHING; found = reader.next()) {
                assertThat(found).isEqualTo(Found.RECORDS);
                assertThat(reader.first()).isEqualTo(last + 1);
                last = reader.last();
            }
            assertThat(last).isEqualTo(150);
        }
    }

    private static void write(LaneWriter writer, StreamId stream, long first, long last) throws IOException {
        ByteBuffer records = ByteBuffer.wrap(TestProducer.records(Lanes.BULK, RecordClasses.EXEC, first, last, BODY))
                .order(ByteOrder.LITTLE_ENDIAN);
        writer.append(stream, first, (int) (last - first + 1), records, 0, records.capacity());
    }

    private long append(long first, int frames) throws IOException {
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, first, 1);
            long last = first - 1;
            for (int i = 0; i < frames; i++) {
                producer.sendRecords(Lanes.BULK, RecordClasses.EXEC, last + 1, last + FRAME, BODY);
                last += FRAME;
                producer.awaitAck(Lanes.BULK, last);
            }
            return last;
        }
    }

    /** Returns the last record that was acknowledged. */
    private long appendUntilRefused(long first) throws IOException {
        long acked = first - 1;
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, first, 1);
            while (true) {
                producer.sendRecords(Lanes.BULK, RecordClasses.EXEC, acked + 1, acked + FRAME, BODY);
                acked = producer.awaitAck(Lanes.BULK, acked + FRAME).getDurableSequence();
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("refused");
            return acked;
        }
    }

    private long credit(long next) throws IOException {
        try (TestProducer producer = new TestProducer(home.socket())) {
            return producer.greet("sensor", 7, next, 1).getCreditBytes(Lanes.BULK);
        }
    }

    private static void fill(Path ballast) throws IOException {
        byte[] chunk = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            for (int i = 0; i < 1024; i++) {
                out.write(chunk);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space");
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
