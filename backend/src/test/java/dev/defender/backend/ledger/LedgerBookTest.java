/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.backend.store.LedgerLine;
import dev.defender.backend.store.LossLine;
import dev.defender.backend.store.StreamLedger;
import dev.defender.protocol.v1.Accuracy;
import dev.defender.protocol.v1.LossReason;
import dev.defender.protocol.v1.RecordClass;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerBookTest {
    private static final int EXEC = RecordClass.RECORD_CLASS_EXEC_VALUE;
    private static final int OPEN = RecordClass.RECORD_CLASS_OPEN_VALUE;

    private final LedgerBook book = new LedgerBook("c", "n", "b", "sensor", 1);

    @Test
    void closesWhenEveryRowAddsUpAndTheMarksAreThere() {
        cut(10, 2);
        book.mark(0, 10);
        book.mark(1, 2);
        book.cutRow(EXEC, 1, "abc", 20, 5);
        book.delivered(EXEC, 1, 10);
        loss(EXEC, 1, 5, Accuracy.ACCURACY_EXACT, LossReason.LOSS_REASON_RING_FULL);
        StreamLedger ledger = book.close();
        assertThat(ledger.closes()).isTrue();
        assertThat(ledger.lines()).containsExactly(new LedgerLine(EXEC, 1, "abc", 20, 10, 5, 5, 0));
    }

    @Test
    void staysOpenWithoutACut() {
        book.delivered(EXEC, 1, 1);
        assertThat(book.close().closes()).isFalse();
        assertThat(book.close().lastCut()).isNull();
    }

    @Test
    void staysOpenWhileAMarkIsBehindTheCut() {
        cut(10, 2);
        book.mark(0, 9);
        book.mark(1, 2);
        assertThat(book.close().closes()).isFalse();
    }

    @Test
    void oneRowTooManyDoesNotMakeUpForOneTooFew() {
        cut(2, 0);
        book.mark(0, 2);
        book.cutRow(EXEC, 1, "abc", 1, 0);
        book.cutRow(OPEN, 1, "abc", 1, 0);
        book.delivered(EXEC, 1, 2);
        StreamLedger ledger = book.close();
        assertThat(ledger.closes()).isFalse();
        assertThat(ledger.lines()).extracting(LedgerLine::inFlight).containsExactly(-1L, 1L);
    }

    @Test
    void aLossOfUnknownClassIsSetAgainstTheStreamAsAWhole() {
        cut(3, 0);
        book.mark(0, 3);
        book.cutRow(EXEC, 1, "abc", 2, 0);
        book.cutRow(OPEN, 1, "abc", 1, 0);
        book.delivered(EXEC, 1, 1);
        loss(0, 0, 2, Accuracy.ACCURACY_EXACT, LossReason.LOSS_REASON_SPOOL_DAMAGED);
        StreamLedger ledger = book.close();
        assertThat(ledger.closes()).isTrue();
        assertThat(ledger.lines().getLast()).isEqualTo(new LedgerLine(0, 0, "", 0, 0, 0, 2, -2));
    }

    @Test
    void whatNobodyCountedIsShownButNotSummed() {
        cut(1, 0);
        book.mark(0, 1);
        book.cutRow(EXEC, 1, "abc", 1, 0);
        book.delivered(EXEC, 1, 1);
        loss(EXEC, 1, 0, Accuracy.ACCURACY_UNKNOWN, LossReason.LOSS_REASON_NOT_RUNNING);
        StreamLedger ledger = book.close();
        assertThat(ledger.closes()).isTrue();
        assertThat(ledger.losses()).hasSize(1);
    }

    @Test
    void anEpochWhoseCountersDidNotSurviveNeverCloses() {
        book.cut(Instant.EPOCH, List.of(0L, 0L), true, true);
        assertThat(book.close().closes()).isFalse();
        assertThat(book.close().unknown()).isTrue();
    }

    private void cut(long bulk, long urgent) {
        book.cut(Instant.EPOCH, List.of(bulk, urgent), false, false);
    }

    private void loss(int recordClass, int row, long count, Accuracy accuracy, LossReason reason) {
        book.loss(
                row,
                new LossLine(
                        recordClass, "abc", reason.getNumber(), accuracy.getNumber(), count, "publisher", "", 0, 0));
    }
}
