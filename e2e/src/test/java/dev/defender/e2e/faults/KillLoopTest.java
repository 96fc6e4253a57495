/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.e2e.cgroup.Limits;
import dev.defender.e2e.stack.Ledger;
import dev.defender.e2e.stack.Ledger.Stream;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SIGKILL under load, again and again, on the real kernel with the real backend. */
@Tag("faults")
class KillLoopTest {
    /** Cycles per process; "more" is asked for by a property, since each costs a start of a JVM. */
    private static final int CYCLES = Integer.getInteger("defender.faults.cycles", 20);

    /** Events between two kills: enough for something to be in each stage of the way. */
    private static final int EVENTS = 50;

    @Test
    void aKilledSensorCostsWhatItsSuccessorSays() throws Exception {
        try (Node node = Node.start(Limits::withoutCpu)) {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                node.awaitDelivered(EVENTS);
                node.killSensor();
            }
            Ledger ledger = node.settle(CYCLES + 1);
            assertThat(ledger.closes()).as("the ledger closes; %s", node.logs()).isTrue();
            assertThat(ledger.streams()).hasSize(CYCLES + 1);
            assertEachCloses(ledger);
            assertThat(ledger.streams())
                    .flatExtracting(stream -> stream.losses().keySet())
                    .contains("process_killed")
                    .isSubsetOf("process_killed", "not_running");
        }
    }

    @Test
    void aKilledPublisherLosesNothing() throws Exception {
        try (Node node = Node.start(Limits::withoutCpu)) {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                node.awaitDelivered(EVENTS);
                node.killPublisher();
            }
            Ledger ledger = node.settle(1);
            assertThat(ledger.closes()).as("the ledger closes; %s", node.logs()).isTrue();
            assertThat(ledger.streams()).hasSize(1);
            assertEachCloses(ledger);
            assertThat(ledger.total().lost()).isZero();
        }
    }

    @Test
    void bothInTurnInsideTheirQuotas() throws Exception {
        try (Node node = Node.start(UnaryOperator.identity())) {
            node.awaitDelivered(EVENTS);
            node.killSensor();
            node.awaitDelivered(EVENTS);
            node.killPublisher();
            node.awaitDelivered(EVENTS);
            Ledger ledger = node.settle(2);
            assertThat(ledger.closes()).as("the ledger closes; %s", node.logs()).isTrue();
            assertThat(ledger.streams()).hasSize(2);
            assertEachCloses(ledger);
        }
    }

    private static void assertEachCloses(Ledger ledger) {
        for (Stream stream : ledger.streams()) {
            assertThat(stream.unknown()).as("totals survived: %s", stream).isFalse();
            assertThat(stream.ended()).as("last cut known: %s", stream).isTrue();
            assertThat(stream.closes()).as("closes: %s", stream).isTrue();
            stream.classes()
                    .forEach((name, totals) -> assertThat(totals.inFlight())
                            .as("in flight of %s in %s", name, stream)
                            .isZero());
            assertThat(stream.classes()).containsKey("exec");
        }
    }
}
