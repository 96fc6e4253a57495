/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.defender.protocol.v1.Ack;
import dev.defender.protocol.v1.Refuse;
import dev.defender.protocol.v1.Welcome;
import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.support.RunningPublisher;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.TestPki;
import dev.defender.publisher.support.TestProducer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The socket without a backend: what comes in stays in the spool. */
class SocketProtocolTest {
    private static final String NO_BACKEND = "https://localhost:1";
    private static final int EXEC = RecordClasses.EXEC;

    private final Path directory;
    private final Home home;
    private LocalNode node;

    SocketProtocolTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        home = new Home(directory, new TestPki());
        node = new LocalNode(home.options(NO_BACKEND));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void acknowledgesWhatIsDurableAndSkipsWhatItHas() throws Exception {
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, 1, 1);
            producer.sendRecords(Lanes.BULK, EXEC, 1, 100, 200);
            Ack ack = producer.awaitAck(Lanes.BULK, 100);
            assertThat(ack.getCreditBytes()).isPositive();
        }
        try (TestProducer producer = new TestProducer(home.socket())) {
            Welcome welcome = producer.greet("sensor", 7, 51, 1);
            assertThat(welcome.getDurableSequence(Lanes.BULK)).isEqualTo(100);
            producer.sendRecords(Lanes.BULK, EXEC, 51, 150, 200);
            producer.awaitAck(Lanes.BULK, 150);
        }
        assertThat(node.metric("defender_publisher_records_total")).isEqualTo(150);
        assertThat(node.metric("defender_publisher_repeated_records_total")).isEqualTo(50);
    }

    @Test
    void marksSurviveARestartAndAreKnownToASuccessor() throws Exception {
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, 1, 1);
            producer.sendRecords(Lanes.BULK, EXEC, 1, 40, 200);
            producer.sendRecords(Lanes.URGENT, RecordClasses.DETECTION, 1, 2, 200);
            producer.awaitAck(Lanes.BULK, 40);
        }
        node.close();
        node = new LocalNode(home.options(NO_BACKEND));
        try (TestProducer producer = new TestProducer(home.socket())) {
            Welcome welcome = producer.greet(TestProducer.hello("sensor", 8, 1, 1).toBuilder()
                    .setPreviousEpoch(7)
                    .build());
            assertThat(welcome.getPreviousKnown()).isTrue();
            assertThat(welcome.getPreviousDurableSequenceList()).containsExactly(40L, 2L);
            assertThat(welcome.getDurableSequenceList()).containsExactly(0L, 0L);
        }
    }

    @Test
    void aStreamThatSentNothingIsKnownAndAStrangerIsNot() throws Exception {
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, 1, 1);
        }
        try (TestProducer producer = new TestProducer(home.socket())) {
            Welcome welcome = producer.greet(TestProducer.hello("sensor", 9, 1, 1).toBuilder()
                    .setPreviousEpoch(8)
                    .build());
            assertThat(welcome.getPreviousKnown()).isFalse();
        }
        try (TestProducer producer = new TestProducer(home.socket())) {
            Welcome welcome = producer.greet(TestProducer.hello("sensor", 10, 1, 1).toBuilder()
                    .setPreviousEpoch(7)
                    .build());
            assertThat(welcome.getPreviousKnown()).isTrue();
            assertThat(welcome.getPreviousDurableSequenceList()).containsExactly(0L, 0L);
        }
    }

    @Test
    void aNewerEpochTakesOverAndAnOlderOneIsRefused() throws Exception {
        try (TestProducer old = new TestProducer(home.socket());
                TestProducer successor = new TestProducer(home.socket());
                TestProducer stale = new TestProducer(home.socket())) {
            old.greet("sensor", 7, 1, 1);
            successor.greet("sensor", 8, 1, 1);
            assertThat(old.expectRefuse().getReason()).contains("took over");
            stale.send(Frame.HELLO, 0, 0, TestProducer.hello("sensor", 7, 1, 1).toByteArray());
            Refuse refuse = stale.expectRefuse();
            assertThat(refuse.getReason()).contains("epoch 7").contains("8");
            assertThat(refuse.getPermanent()).isTrue();
            successor.sendRecords(Lanes.BULK, EXEC, 1, 1, 50);
            successor.awaitAck(Lanes.BULK, 1);
        }
    }

    @Test
    void aHoleIsRefusedNamingBothNumbers() throws Exception {
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, 1, 1);
            producer.sendRecords(Lanes.BULK, EXEC, 1, 10, 50);
            producer.sendRecords(Lanes.BULK, EXEC, 17, 20, 50);
            assertThat(producer.expectRefuse().getReason()).contains("17").contains("11");
        }
        refused("sequence_hole");
    }

    @Test
    void anUnknownVersionIsRefused() throws Exception {
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.send(
                    Frame.HELLO,
                    0,
                    0,
                    TestProducer.hello("sensor", 7, 1, 1).toBuilder()
                            .setProtocolVersion(9)
                            .build()
                            .toByteArray());
            Refuse refuse = producer.expectRefuse();
            assertThat(refuse.getReason()).contains("version 9");
            assertThat(refuse.getPermanent()).isTrue();
        }
        refused("unknown_version");
    }

    @Test
    void aBadCrcIsRefused() throws Exception {
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, 1, 1);
            byte[] frame =
                    producer.frame(Frame.RECORDS, Lanes.BULK, 1, TestProducer.records(Lanes.BULK, EXEC, 1, 1, 100));
            frame[60] ^= 1;
            producer.raw(frame);
            assertThat(producer.expectRefuse().getReason()).contains("CRC32C");
        }
        refused("bad_crc");
    }

    @Test
    void anOversizedFrameIsRefused() throws Exception {
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, 1, 1);
            producer.raw(ByteBuffer.allocate(Frame.HEADER_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0, Frame.MAX_BYTES)
                    .array());
            assertThat(producer.expectRefuse().getReason()).contains("262144");
        }
        refused("oversized_frame");
    }

    @Test
    void aTruncatedFrameIsCounted() throws Exception {
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, 1, 1);
            byte[] frame =
                    producer.frame(Frame.RECORDS, Lanes.BULK, 1, TestProducer.records(Lanes.BULK, EXEC, 1, 1, 100));
            producer.raw(Arrays.copyOf(frame, 50));
        }
        refused("truncated_frame");
        assertThat(node.metric("defender_publisher_records_total")).isZero();
    }

    @Test
    void recordsThatContradictTheirFrameAreRefused() throws Exception {
        for (byte[] payload : List.of(
                TestProducer.records(Lanes.URGENT, EXEC, 1, 2, 30),
                TestProducer.records(Lanes.BULK, EXEC, 1, 3, 30),
                new byte[40],
                TestProducer.records(Lanes.BULK, EXEC, 1, 1, 30))) {
            try (TestProducer producer = new TestProducer(home.socket())) {
                producer.greet("sensor", 7, 1, 1);
                producer.send(Frame.RECORDS, Lanes.BULK, 2, payload);
                assertThat(producer.expectRefuse().getReason()).isNotEmpty();
            }
        }
        assertThat(node.metric("defender_publisher_refused_total{cause=\"malformed_frame\"}"))
                .isEqualTo(4);
    }

    @Test
    void aProducerThatTheTableDoesNotNameIsRefused() throws Exception {
        for (String name : List.of("misc", "publisher")) {
            try (TestProducer producer = new TestProducer(home.socket())) {
                producer.send(
                        Frame.HELLO, 0, 0, TestProducer.hello(name, 7, 1, 1).toByteArray());
                assertThat(producer.expectRefuse().getReason()).contains(name).contains("--allow-uid");
            }
        }
    }

    @Test
    void aSecondClientWithAnotherUidDoesNotDisturbTheFirst() throws Exception {
        Assumptions.assumeTrue(RunningPublisher.uid() == 0, "another user id needs root");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not installed");
        openTo(home.socket());
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, 1, 1);
            String script = "import socket,sys; s=socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); "
                    + "sys.stdout.buffer.write(s.makefile('rb').read())";
            Process other = new ProcessBuilder(
                            "/usr/bin/setpriv",
                            "--reuid=12345",
                            "--clear-groups",
                            "/usr/bin/python3",
                            "-c",
                            script,
                            home.socket().toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(said).contains("12345").contains("--allow-uid");
            producer.sendRecords(Lanes.BULK, EXEC, 1, 5, 50);
            producer.awaitAck(Lanes.BULK, 5);
        }
        refused("wrong_uid");
        assertThat(node.output()).contains("refused user 12345");
    }

    @Test
    void aSocketThatAKilledPublisherLeftIsReplacedAndALiveOneIsNot() throws Exception {
        assertThatThrownBy(() -> new LocalNode(home.options(NO_BACKEND, "--spool=" + directory.resolve("other"))))
                .hasMessageContaining("another publisher listens");
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 7, 1, 1);
        }
        node.close();
        assertThat(home.socket()).exists();
        node = new LocalNode(home.options(NO_BACKEND));
        try (TestProducer producer = new TestProducer(home.socket())) {
            producer.greet("sensor", 8, 1, 1);
        }
    }

    private void refused(String cause) {
        await().until(() -> node.metric("defender_publisher_refused_total{cause=\"" + cause + "\"}") == 1);
    }

    private static void openTo(Path socket) throws Exception {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        for (Path parent = socket.getParent();
                parent != null && parent.getNameCount() > 1;
                parent = parent.getParent()) {
            Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
