/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ledger;

import dev.defender.backend.store.LaneMark;
import dev.defender.backend.store.LedgerLine;
import dev.defender.backend.store.LossLine;
import dev.defender.backend.store.StreamLedger;
import dev.defender.protocol.v1.Accuracy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what is known of one stream and does the sums. Order of the calls does not matter. For one thread. */
final class LedgerBook {
    /** Losses of unknown class are told of the stream as a whole. */
    private static final int UNKNOWN_CLASS = 0;

    private final String cluster;
    private final String node;
    private final String bootId;
    private final String producer;
    private final long epoch;
    private final Map<Key, Row> rows =
            new TreeMap<>(Comparator.comparingInt(Key::recordClass).thenComparingInt(Key::row));
    private final Map<Integer, Long> marks = new TreeMap<>();
    private final List<LossLine> losses = new ArrayList<>();
    private long unattributed;
    private @Nullable Instant lastCut;
    private boolean finalCut;
    private boolean unknown;
    private List<Long> lastSequences = List.of();

    private record Key(int recordClass, int row) {}

    private static final class Row {
        String container = "";
        long captured;
        long delivered;
        long filtered;
        long lost;

        long inFlight() {
            return captured - delivered - filtered - lost;
        }
    }

    LedgerBook(String cluster, String node, String bootId, String producer, long epoch) {
        this.cluster = cluster;
        this.node = node;
        this.bootId = bootId;
        this.producer = producer;
        this.epoch = epoch;
    }

    void mark(int lane, long mark) {
        marks.put(lane, mark);
    }

    void cut(Instant received, List<Long> lastSequenceByLane, boolean isFinal, boolean isUnknown) {
        lastCut = received;
        lastSequences = lastSequenceByLane;
        finalCut = isFinal;
        unknown = isUnknown;
    }

    void cutRow(int recordClass, int ledgerRow, String container, long captured, long filtered) {
        Row row = row(recordClass, ledgerRow);
        row.container = container;
        row.captured = captured;
        row.filtered = filtered;
    }

    void delivered(int recordClass, int ledgerRow, long count) {
        row(recordClass, ledgerRow).delivered += count;
    }

    /** A loss whose number is unknown is shown, and is not part of the sum. */
    void loss(int ledgerRow, LossLine loss) {
        losses.add(loss);
        boolean counts =
                loss.accuracy() == Accuracy.ACCURACY_EXACT_VALUE || loss.accuracy() == Accuracy.ACCURACY_AT_LEAST_VALUE;
        if (!counts || loss.recordClass() >= 64) {
            return;
        }
        if (loss.recordClass() == UNKNOWN_CLASS) {
            unattributed += loss.count();
        } else {
            row(loss.recordClass(), ledgerRow).lost += loss.count();
        }
    }

    private Row row(int recordClass, int ledgerRow) {
        return rows.computeIfAbsent(new Key(recordClass, ledgerRow), key -> new Row());
    }

    StreamLedger close() {
        List<LedgerLine> lines = new ArrayList<>();
        rows.forEach((key, row) -> lines.add(new LedgerLine(
                key.recordClass(),
                key.row(),
                row.container,
                row.captured,
                row.delivered,
                row.filtered,
                row.lost,
                row.inFlight())));
        if (unattributed != 0) {
            lines.add(new LedgerLine(UNKNOWN_CLASS, 0, "", 0, 0, 0, unattributed, -unattributed));
        }
        return new StreamLedger(
                cluster, node, bootId, producer, epoch, finalCut, unknown, closes(), lastCut, lanes(), lines, losses);
    }

    private List<LaneMark> lanes() {
        List<LaneMark> lanes = new ArrayList<>();
        for (int lane = 0; lane < Math.max(lastSequences.size(), 2); lane++) {
            lanes.add(new LaneMark(
                    lane, marks.getOrDefault(lane, 0L), lane < lastSequences.size() ? lastSequences.get(lane) : 0));
        }
        return lanes;
    }

    private boolean closes() {
        if (lastCut == null || unknown) {
            return false;
        }
        boolean arrived = lanes().stream().allMatch(lane -> lane.mark() >= lane.lastSequence());
        boolean nowhereNegative = rows.values().stream().allMatch(row -> row.inFlight() >= 0);
        long open = rows.values().stream().mapToLong(Row::inFlight).sum();
        return arrived && nowhereNegative && open == unattributed;
    }
}
