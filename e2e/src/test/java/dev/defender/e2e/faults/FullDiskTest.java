/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.e2e.cgroup.Limits;
import dev.defender.e2e.stack.Ledger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The disk under the backend's PostgreSQL fills up under load, twice, and is freed again. */
@Tag("faults")
class FullDiskTest {
    /** PostgreSQL's programs, an empty database and room for its log; a tmpfs takes memory only for what is written. */
    private static final int MEGABYTES = 400;

    private static final int EVENTS = 50;

    @Test
    void theBackendIsBusyThePublisherHoldsAndNothingIsLost() throws Exception {
        try (Node node = Node.startWithDisk(Limits::withoutCpu, MEGABYTES)) {
            node.awaitDelivered(EVENTS);
            for (int cycle = 1; cycle <= 2; cycle++) {
                node.awaitAnswers(202, node.answers(202) + 2);
                node.disk().fill();
                node.awaitAnswers(503, node.answers(503) + 2);
                assertThat(node.answers(500))
                        .as("only what says when to come again; %s", node.logs())
                        .isZero();
                node.disk().free();
                node.awaitAnswers(202, node.answers(202) + 2);
            }
            Ledger ledger = node.settle(1);
            assertThat(ledger.closes()).as("the ledger closes; %s", node.logs()).isTrue();
            assertThat(ledger.streams()).hasSize(1);
            assertThat(ledger.total().lost()).isZero();
        }
    }
}
