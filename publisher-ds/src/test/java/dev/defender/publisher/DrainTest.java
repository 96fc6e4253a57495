/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.health.Console;
import dev.defender.publisher.spool.SpoolInUseException;
import dev.defender.publisher.spool.SpoolLock;
import dev.defender.publisher.support.Delivered;
import dev.defender.publisher.support.RunningPublisher;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.ScriptedBackend;
import dev.defender.publisher.support.ScriptedBackend.Answer;
import dev.defender.publisher.support.TestPki;
import dev.defender.publisher.support.TestProducer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a spool before it is removed: shipped as far as there is time, the rest counted. */
class DrainTest {
    private static final String NOWHERE = "https://localhost:1";

    private final TestPki pki = new TestPki();
    private final Home home;
    private final Path terminationLog;

    DrainTest(@TempDir Path directory) throws Exception {
        home = new Home(directory, pki);
        terminationLog = Files.createFile(directory.resolve("termination-log"));
    }

    /** A hundred bulk records and three urgent ones that no backend has, from a publisher that was killed. */
    @BeforeEach
    void fill() throws Exception {
        try (RunningPublisher publisher = RunningPublisher.start(home.options(NOWHERE));
                AutoCloseable killed = publisher::kill) {
            assertThat(killed).isNotNull();
            await().until(() -> publisher.said("publisher: ready"));
            try (TestProducer producer = new TestProducer(home.socket())) {
                producer.greet("sensor", 7, 1, 1);
                producer.sendRecords(Lanes.BULK, RecordClasses.EXEC, 1, 100, 285);
                producer.awaitAck(Lanes.BULK, 100);
                producer.sendRecords(Lanes.URGENT, RecordClasses.DETECTION, 1, 3, 500);
                producer.awaitAck(Lanes.URGENT, 3);
            }
        }
    }

    private String drain(String endpoint, int seconds) throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8);
        List<String> options = home.options(endpoint, "--drain=" + seconds);
        new Drain(Options.parse(options.toArray(new String[0])), new Console(print, print), Map.of(), terminationLog)
                .run();
        String told = output.toString(StandardCharsets.UTF_8).lines().toList().getLast();
        assertThat(terminationLog).hasContent(told);
        return told;
    }

    private static long number(String told, String name) {
        return Long.parseLong(told.replaceAll(".* " + name + "=(\\d+).*", "$1"));
    }

    @Test
    void everythingIsShippedAndThePublishersOwnStreamsAreOver() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            String told = drain(backend.endpoint(), 60);
            assertThat(told).startsWith("publisher: drained shipped=").endsWith(" abandoned=0");
            assertThat(number(told, "shipped")).isGreaterThanOrEqualTo(103);
            assertThat(backend.items("sensor", Lanes.BULK).stream().map(Delivered.Item::sequence))
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 100).boxed().toList());
            assertThat(backend.items("sensor", Lanes.URGENT)).hasSize(3);
            List<Cut> cuts = new java.util.ArrayList<>();
            for (Delivered.Item item : backend.items("publisher", Lanes.URGENT)) {
                if (item.recordClass() == RecordClasses.CUT) {
                    cuts.add(Cut.parseFrom(item.body()));
                }
            }
            // The killed one's, and the drain's own.
            assertThat(cuts.stream().filter(Cut::getFinal)).hasSize(2);
            int before = backend.requests();
            assertThat(drain(backend.endpoint(), 60)).isEqualTo("publisher: drained shipped=0 abandoned=0");
            assertThat(backend.requests()).isEqualTo(before);
        }
    }

    @Test
    void whatNobodyTakesIsCounted() throws Exception {
        String told = drain(NOWHERE, 1);
        assertThat(number(told, "shipped")).isZero();
        // What the killed publisher had said of itself is abandoned, too.
        assertThat(number(told, "abandoned")).isBetween(103L, 110L);
    }

    @Test
    void onlyWhatIsLeftCountsAsAbandoned() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            backend.decide(batch -> batch.header().getLaneValue() == Lanes.BULK ? Answer.of(503) : null);
            String told = drain(backend.endpoint(), 3);
            assertThat(number(told, "abandoned")).isEqualTo(100);
            assertThat(number(told, "shipped")).isGreaterThanOrEqualTo(3);
            assertThat(backend.items("sensor", Lanes.URGENT)).hasSize(3);
        }
    }

    @Test
    void aPublisherThatStillRunsIsWaitedFor() throws Exception {
        SpoolLock running = SpoolLock.take(home.spool());
        assertThatThrownBy(() -> drain(NOWHERE, 1)).isInstanceOf(SpoolInUseException.class);
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            Thread ends = Thread.ofVirtual().unstarted(() -> {
                try (running) {
                    assertThat(home.spool()).exists();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            ends.start();
            assertThat(drain(backend.endpoint(), 60)).endsWith(" abandoned=0");
        }
    }

    @Test
    void withoutASpoolThereIsNothingToDo() throws Exception {
        List<String> options = home.options(NOWHERE, "--drain=5", "--spool=" + terminationLog.resolveSibling("none"));
        try (RunningPublisher publisher = RunningPublisher.start(options)) {
            assertThat(publisher.await()).isZero();
            await().until(() -> publisher.said("publisher: drained shipped=0 abandoned=0"));
        }
        assertThat(terminationLog.resolveSibling("none")).doesNotExist();
    }

    @Test
    void aSignalEndsItWithTheOutcome() throws Exception {
        try (RunningPublisher publisher = RunningPublisher.start(home.options(NOWHERE, "--drain=600"))) {
            await().until(() -> publisher.said("BackendUnreachable"));
            assertThat(publisher.stop()).isZero();
            await().untilAsserted(() -> assertThat(publisher.lines())
                    .last()
                    .asString()
                    .startsWith("publisher: drained shipped=0 abandoned="));
        }
    }
}
