/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.batch.Batch;
import dev.defender.backend.store.AlertSighting;
import dev.defender.backend.store.AlertSink;
import dev.defender.backend.store.Receipt;
import dev.defender.backend.store.SequenceJumpException;
import dev.defender.protocol.v1.Accuracy;
import dev.defender.protocol.v1.BatchHeader;
import dev.defender.protocol.v1.ClockPair;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.Gap;
import dev.defender.protocol.v1.InventoryList;
import dev.defender.protocol.v1.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transaction for some batches: looks up what is new, gives it positions, stores it with everything that depends on
 * it. The lock on {@code log_head} is its first statement: writers take turns, so no smaller position appears later.
 */
final class WriteTransaction {
    /** A lane may not go further than this past what is known of it. */
    static final long MAX_JUMP = 1L << 32;

    private final Connection connection;
    private final StreamIds streams;
    private final ContainerContexts containers;
    private final LaneStates lanes;
    private final EventCopy copy = new EventCopy();
    private final DeliveredCounts delivered = new DeliveredCounts();
    private final Losses losses = new Losses();
    private final Cuts cuts = new Cuts();
    private final HealthReports health = new HealthReports();
    private final Inventory inventory = new Inventory();
    private final List<AlertSighting> alerts = new ArrayList<>();
    private final AlertSink<SQLException> alertSink;
    private long nextPosition;

    WriteTransaction(Connection connection, StreamIds streams, ContainerContexts containers) throws SQLException {
        this.connection = connection;
        this.streams = streams;
        this.containers = containers;
        this.lanes = new LaneStates(connection);
        this.alertSink = new PostgresAlertSink(connection, streams);
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT next_position FROM log_head FOR UPDATE");
                ResultSet result = statement.executeQuery()) {
            result.next();
            nextPosition = result.getLong(1);
        }
    }

    /** Takes a batch in; nothing of it is taken when this throws SequenceJumpException. */
    Receipt add(PendingBatch pending) throws SQLException, SequenceJumpException {
        DecodedBatch decoded = pending.decoded();
        Batch batch = decoded.batch();
        long streamId = streams.resolve(connection, decoded.stream(), pending.receivedAt());
        LaneStates.Lane lane = lanes.get(streamId, decoded.lane());
        refuseJumps(pending, lane.sequences);
        boolean[] isNew = new boolean[batch.count()];
        int stored = 0;
        for (int i = 0; i < batch.count(); i++) {
            isNew[i] = !lane.sequences.contains(batch.sequence(i));
        }
        for (int i = 0; i < batch.count(); i++) {
            if (isNew[i]) {
                lane.sequences.receive(batch.sequence(i), batch.sequence(i));
                if (decoded.hasRow(i)) {
                    EventRows.complete(decoded.rows(), decoded.rowStarts()[i], nextPosition + stored, streamId);
                    copy.add(decoded, i);
                }
                delivered.add(streamId, batch.recordClass(i), decoded.ledgerRows()[i]);
                stored++;
            }
        }
        for (Report report : decoded.reports()) {
            if (isNew[report.index()]) {
                report(pending, streamId, report, positionOf(isNew, report.index()));
            }
        }
        containers.add(decoded.stream(), decoded.containers(), pending.receivedAt());
        closeOldestHoles(pending, decoded.stream(), streamId, decoded.lane());
        lane.heard(pending.receivedAt(), skew(batch.header(), pending));
        nextPosition += stored;
        return new Receipt(stored, batch.count() - stored, lane.sequences.mark());
    }

    private long positionOf(boolean[] isNew, int index) {
        long position = nextPosition;
        for (int i = 0; i < index; i++) {
            position += isNew[i] ? 1 : 0;
        }
        return position;
    }

    private void report(PendingBatch pending, long streamId, Report report, long position) throws SQLException {
        switch (report) {
            case Report.OfAlert(int index, Alert alert) -> alerts.add(alert.at(position, pending, index));
            case Report.OfHealth(int index) ->
                health.add(streamId, pending.receivedAt(), pending.decoded().batch(), index);
            case Report.OfCut(int index, Cut cut) ->
                cuts.add(
                        subject(pending, cut.getBootId(), cut.getProducer(), cut.getEpoch()),
                        pending.receivedAt(),
                        cut);
            case Report.OfGap(int index, Gap gap) -> gap(pending, streamId, gap);
            case Report.OfObject(int index, InventoryChange change) ->
                inventory.object(streamId, pending.decoded().stream().cluster(), pending.receivedAt(), change);
            case Report.OfList(int index, InventoryList list) ->
                inventory.list(streamId, pending.decoded().stream().cluster(), pending.receivedAt(), list);
        }
    }

    private void gap(PendingBatch pending, long reporter, Gap gap) throws SQLException {
        StreamKey key = pending.decoded().stream().sibling(gap.getBootId(), gap.getProducer(), gap.getEpoch());
        long subject = streams.resolve(connection, key, pending.receivedAt());
        losses.add(subject, reporter, pending.receivedAt(), GapCount.cover(lanes, subject, gap), gap);
        if (gap.getRangesCount() > 0) {
            closeOldestHoles(pending, key, subject, gap.getLaneValue());
        }
    }

    private long subject(PendingBatch pending, String bootId, String producer, long epoch) throws SQLException {
        StreamKey key = pending.decoded().stream().sibling(bootId, producer, epoch);
        return streams.resolve(connection, key, pending.receivedAt());
    }

    private void refuseJumps(PendingBatch pending, SequenceSet own) throws SQLException, SequenceJumpException {
        BatchHeader header = pending.decoded().batch().header();
        refuseJump(own, header.getLastSequence(), header.getProducer(), header.getLaneValue());
        for (Report report : pending.decoded().reports()) {
            if (report instanceof Report.OfGap(int index, Gap gap) && gap.getRangesCount() > 0) {
                long subject = subject(pending, gap.getBootId(), gap.getProducer(), gap.getEpoch());
                long last = gap.getRanges(gap.getRangesCount() - 1).getLast();
                refuseJump(
                        lanes.get(subject, gap.getLaneValue()).sequences, last, gap.getProducer(), gap.getLaneValue());
            }
        }
    }

    private static void refuseJump(SequenceSet known, long last, String producer, int lane)
            throws SequenceJumpException {
        // Of a lane never heard of we may be the second backend; its numbers can start anywhere.
        if (known.highest() != 0 && last - known.highest() > MAX_JUMP) {
            throw new SequenceJumpException("lane " + lane + " of '" + producer + "' jumps from sequence "
                    + known.highest() + " to " + last + "; at most " + MAX_JUMP + " are allowed at once");
        }
    }

    /** What was given up in the urgent lane may have been gap, cut or health records, which no row counts. */
    private void closeOldestHoles(PendingBatch pending, StreamKey key, long streamId, int lane) throws SQLException {
        for (Range hole : lanes.get(streamId, lane).sequences.closeOldestHoles()) {
            boolean bulk = lane == Lane.LANE_BULK_VALUE;
            Accuracy accuracy = bulk ? Accuracy.ACCURACY_EXACT : Accuracy.ACCURACY_UNKNOWN;
            Gap gap = GapCount.givenUp(key, Lane.forNumber(lane), hole, accuracy);
            losses.add(streamId, null, pending.receivedAt(), bulk ? hole.size() : 0, gap);
        }
    }

    private static @Nullable Long skew(BatchHeader header, PendingBatch pending) {
        if (header.getClocksCount() == 0) {
            return null;
        }
        ClockPair last = header.getClocks(header.getClocksCount() - 1);
        return last.getRealtimeNs() - pending.decoded().clocks().receivedMicros() * 1_000L;
    }

    /** Sends everything to the server; the caller commits. */
    void write() throws SQLException {
        copy.write(connection);
        alertSink.upsert(alerts);
        delivered.write(connection);
        losses.write(connection);
        cuts.write(connection);
        health.write(connection);
        containers.write(connection);
        inventory.write(connection);
        lanes.write();
        try (PreparedStatement statement = connection.prepareStatement("UPDATE log_head SET next_position = ?")) {
            statement.setLong(1, nextPosition);
            statement.executeUpdate();
        }
    }
}
