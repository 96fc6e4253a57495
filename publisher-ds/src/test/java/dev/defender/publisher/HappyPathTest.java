/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.protocol.v1.Welcome;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.support.Delivered;
import dev.defender.publisher.support.RunningPublisher;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.ScriptedBackend;
import dev.defender.publisher.support.TestPki;
import dev.defender.publisher.support.TestProducer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HappyPathTest {
    @Test
    void recordsArriveUnchangedAfterEnrolment(@TempDir Path directory) throws Exception {
        TestPki pki = new TestPki();
        Home home = new Home(directory, pki);
        try (ScriptedBackend backend = new ScriptedBackend(pki);
                RunningPublisher publisher = RunningPublisher.start(home.options(backend.endpoint()))) {
            await().until(() -> publisher.said("publisher: ready"));
            try (TestProducer producer = new TestProducer(home.socket())) {
                Welcome welcome = producer.greet("sensor", 1000, 1, 1);
                assertThat(welcome.getDurableSequenceList()).containsExactly(0L, 0L);
                producer.sendRecords(Lanes.BULK, RecordClasses.EXEC, 1, 500, 285);
                producer.sendRecords(Lanes.URGENT, RecordClasses.DETECTION, 1, 3, 900);
                producer.awaitAck(Lanes.BULK, 500);
            }
            await().until(() -> backend.items("sensor", Lanes.BULK).size() == 500
                    && backend.items("sensor", Lanes.URGENT).size() == 3);
            List<Delivered.Item> items = backend.items("sensor", Lanes.BULK);
            for (int i = 0; i < items.size(); i++) {
                assertThat(items.get(i).sequence()).isEqualTo(i + 1);
                assertThat(items.get(i).body()).isEqualTo(TestProducer.body(i + 1, 285));
            }
            Delivered batch = backend.delivered().stream()
                    .filter(each -> each.header().getProducer().equals("sensor"))
                    .findFirst()
                    .orElseThrow();
            assertThat(batch.header().getCluster()).isEqualTo(TestPki.CLUSTER);
            assertThat(batch.header().getNode()).isEqualTo("node-1");
            assertThat(batch.header().getBootId()).isEqualTo(TestProducer.BOOT);
            assertThat(batch.header().getEpoch()).isEqualTo(1000);
            assertThat(batch.header().getCount()).isEqualTo(batch.items().size());
            // First and last record, and the sending.
            assertThat(batch.header().getClocksCount()).isEqualTo(3);
            assertThat(publisher.said("publisher: first ack")).isTrue();
            assertThat(Files.getPosixFilePermissions(home.spool().resolve("identity/node.pem")))
                    .hasSize(2);
            assertThat(publisher.stop()).isZero();
        }
    }
}
