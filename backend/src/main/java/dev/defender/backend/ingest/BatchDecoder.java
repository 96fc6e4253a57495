/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.defender.backend.batch.BadBatchException;
import dev.defender.backend.batch.Batch;
import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.CutRow;
import dev.defender.protocol.v1.DetectionFinding;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.v1.Health;
import dev.defender.protocol.v1.InventoryList;
import dev.defender.protocol.v1.InventoryObject;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.v1.SequenceRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of one batch. One record that is not what its class says makes the whole batch bad. */
final class BatchDecoder {
    /** A node has at most this many counter rows, so that it cannot fill our ledger. */
    static final int MAX_LEDGER_ROW = 1 << 20;

    private final Batch batch;
    private final StreamKey stream;
    private final ClockCorrection clocks;
    private final CopyBuffer rows;
    private final int[] rowStarts;
    private final int[] ledgerRows;
    private final List<Report> reports = new ArrayList<>();
    private final Map<String, Container> containers = new HashMap<>();

    private BatchDecoder(Batch batch, Instant received) {
        this.batch = batch;
        this.stream = StreamKey.of(batch.header());
        this.clocks = new ClockCorrection(batch.header().getClocksList(), received);
        this.rows = new CopyBuffer(batch.count() * 512);
        this.rowStarts = new int[batch.count() + 1];
        this.ledgerRows = new int[batch.count()];
    }

    static DecodedBatch decode(Batch batch, Instant received) throws BadBatchException {
        BatchDecoder decoder = new BatchDecoder(batch, received);
        for (int i = 0; i < batch.count(); i++) {
            decoder.record(i);
            decoder.rowStarts[i + 1] = decoder.rows.length();
        }
        return new DecodedBatch(
                batch,
                decoder.stream,
                batch.header().getLaneValue(),
                decoder.clocks,
                decoder.rows,
                decoder.rowStarts,
                decoder.ledgerRows,
                decoder.reports,
                decoder.containers);
    }

    private void record(int index) throws BadBatchException {
        RecordClass recordClass = RecordClass.forNumber(batch.recordClass(index));
        switch (recordClass) {
            case RECORD_CLASS_EXEC,
                    RECORD_CLASS_FORK,
                    RECORD_CLASS_EXIT,
                    RECORD_CLASS_CONNECT,
                    RECORD_CLASS_ACCEPT,
                    RECORD_CLASS_LISTEN,
                    RECORD_CLASS_OPEN -> event(index, parse(index, Event.parser(), "Event"));
            case RECORD_CLASS_INVENTORY, RECORD_CLASS_KUBERNETES_EVENT ->
                object(index, parse(index, InventoryObject.parser(), "InventoryObject"));
            case RECORD_CLASS_INVENTORY_LIST -> list(index, parse(index, InventoryList.parser(), "InventoryList"));
            case RECORD_CLASS_DETECTION ->
                detection(index, parse(index, DetectionFinding.parser(), "DetectionFinding"));
            case RECORD_CLASS_GAP ->
                reports.add(new Report.OfGap(index, checked(index, parse(index, Gap.parser(), "Gap"))));
            case RECORD_CLASS_CUT ->
                reports.add(new Report.OfCut(index, checked(index, parse(index, Cut.parser(), "Cut"))));
            case RECORD_CLASS_HEALTH -> {
                parse(index, Health.parser(), "Health");
                reports.add(new Report.OfHealth(index));
            }
            case null, default -> unknown(index);
        }
    }

    private void event(int index, Event event) throws BadBatchException {
        ledgerRows[index] = ledgerRow(index, event.getLedgerRow());
        ContainerContexts.keep(event.getContainer(), containers);
        EventRows.append(rows, batch, index, clocks, event.getTimeBootNs(), ledgerRows[index], Columns.of(event));
    }

    private void detection(int index, DetectionFinding finding) throws BadBatchException {
        Alert alert = Alert.of(stream, finding);
        ledgerRows[index] = ledgerRow(index, finding.getLedgerRow());
        EventRows.append(rows, batch, index, clocks, finding.getTimeBootNs(), ledgerRows[index], alert.columns());
        reports.add(new Report.OfAlert(index, alert));
    }

    /** Objects belong to the cluster: they have no row among the events of a node. */
    private void object(int index, InventoryObject object) throws BadBatchException {
        ledgerRows[index] = ledgerRow(index, object.getLedgerRow());
        if (object.getUid().isEmpty() || object.getResource().isEmpty()) {
            throw bad(index, "InventoryObject", "it has no uid or no resource");
        }
        reports.add(new Report.OfObject(index, InventoryChange.of(object)));
    }

    private void list(int index, InventoryList list) throws BadBatchException {
        ledgerRows[index] = ledgerRow(index, list.getLedgerRow());
        if (list.getResource().isEmpty() || list.getList() <= 0 || list.getCount() < 0) {
            throw bad(index, "InventoryList", "it has no resource, or its number or count is out of range");
        }
        reports.add(new Report.OfList(index, list));
    }

    /** A class of a later version: kept as it is, found again when this backend is newer. */
    private void unknown(int index) throws BadBatchException {
        Event event = tryEvent(index);
        if (event != null) {
            event(index, event);
        } else {
            EventRows.append(rows, batch, index, clocks, 0, 0, Columns.NONE);
        }
    }

    private @Nullable Event tryEvent(int index) {
        try {
            return Event.parser().parseFrom(batch.bytes(), batch.bodyOffset(index), batch.bodyLength(index));
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    private Gap checked(int index, Gap gap) throws BadBatchException {
        for (SequenceRange range : gap.getRangesList()) {
            if (range.getFirst() < 1 || range.getLast() < range.getFirst()) {
                throw bad(
                        index,
                        "Gap",
                        "it names the range " + Long.toUnsignedString(range.getFirst()) + " to "
                                + Long.toUnsignedString(range.getLast()));
            }
        }
        name(index, "Gap", gap.getBootId());
        name(index, "Gap", gap.getProducer());
        if (gap.getRangesCount() > SequenceSet.MAX_COVERED_RANGES) {
            throw bad(
                    index,
                    "Gap",
                    "it names " + gap.getRangesCount() + " ranges; at most " + SequenceSet.MAX_COVERED_RANGES);
        }
        if (gap.getLaneValue() < 0 || gap.getLaneValue() > 1) {
            throw bad(index, "Gap", "it names the lane " + gap.getLaneValue());
        }
        if (gap.getCount() < 0 || gap.getEpoch() <= 0) {
            throw bad(index, "Gap", "its count or epoch is out of range");
        }
        ledgerRow(index, gap.getLedgerRow());
        return gap;
    }

    private Cut checked(int index, Cut cut) throws BadBatchException {
        name(index, "Cut", cut.getBootId());
        name(index, "Cut", cut.getProducer());
        if (cut.getEpoch() <= 0 || cut.getLastSequenceCount() > 2) {
            throw bad(index, "Cut", "its epoch or its lanes are out of range");
        }
        for (CutRow row : cut.getRowsList()) {
            ledgerRow(index, row.getLedgerRow());
            if (row.getCaptured() < 0 || row.getFiltered() < 0 || row.getLost() < 0) {
                throw bad(index, "Cut", "a total is out of range");
            }
        }
        return cut;
    }

    /** The same bound as for a batch's own names: they become names of streams. */
    private void name(int index, String message, String value) throws BadBatchException {
        if (value.isEmpty() || value.length() > 253 || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw bad(index, message, "boot_id and producer must be 1 to 253 printable ASCII characters");
        }
    }

    private int ledgerRow(int index, int row) throws BadBatchException {
        if (row < 0 || row > MAX_LEDGER_ROW) {
            throw bad(
                    index,
                    "record",
                    "its ledger row is " + Integer.toUnsignedString(row) + "; at most " + MAX_LEDGER_ROW);
        }
        return row;
    }

    private <M extends MessageLite> M parse(int index, Parser<M> parser, String name) throws BadBatchException {
        try {
            return parser.parseFrom(batch.bytes(), batch.bodyOffset(index), batch.bodyLength(index));
        } catch (InvalidProtocolBufferException e) {
            throw bad(index, name, String.valueOf(e.getMessage()));
        }
    }

    private BadBatchException bad(int index, String name, String why) {
        return new BadBatchException("record " + index + " with sequence " + batch.sequence(index) + " and class "
                + batch.recordClass(index) + " is no valid " + name + ": " + why);
    }
}
