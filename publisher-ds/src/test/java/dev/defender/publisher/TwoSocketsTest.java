/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.support.RunningPublisher;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.ScriptedBackend;
import dev.defender.publisher.support.TestPki;
import dev.defender.publisher.support.TestProducer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sensor and collector-misc each have a socket; here both have the same user id, so that only the socket tells them apart. */
class TwoSocketsTest {
    @Test
    void eachProducerSpeaksThroughItsOwnSocketOnly(@TempDir Path directory) throws Exception {
        TestPki pki = new TestPki();
        Home home = new Home(directory, pki);
        Path misc = directory.resolve("run/m.sock");
        try (ScriptedBackend backend = new ScriptedBackend(pki);
                LocalNode node = new LocalNode(home.options(
                        backend.endpoint(),
                        "--misc-socket=" + misc,
                        "--allow-misc-uid=" + RunningPublisher.uid() + ":misc"))) {
            assertThat(refusal(home.socket(), "misc"))
                    .contains("may not speak for producer \"misc\"")
                    .contains("--allow-uid");
            assertThat(refusal(misc, "sensor"))
                    .contains("may not speak for producer \"sensor\"")
                    .contains("--allow-misc-uid");
            assertThat(refusal(misc, "publisher")).contains("--allow-misc-uid");
            speak(home.socket(), "sensor");
            speak(misc, "misc");
            await().until(() -> backend.items("sensor", Lanes.BULK).size() == 3
                    && backend.items("misc", Lanes.BULK).size() == 3);
            assertThat(node.metric("defender_publisher_refused_total{cause=\"wrong_producer\"}"))
                    .isEqualTo(3);
        }
    }

    private static String refusal(Path socket, String producer) throws Exception {
        try (TestProducer client = new TestProducer(socket)) {
            client.send(Frame.HELLO, 0, 0, TestProducer.hello(producer, 7, 1, 1).toByteArray());
            return client.expectRefuse().getReason();
        }
    }

    private static void speak(Path socket, String producer) throws Exception {
        try (TestProducer client = new TestProducer(socket)) {
            client.greet(producer, 7, 1, 1);
            client.sendRecords(Lanes.BULK, RecordClasses.EXEC, 1, 3, 100);
            client.awaitAck(Lanes.BULK, 3);
        }
    }
}
