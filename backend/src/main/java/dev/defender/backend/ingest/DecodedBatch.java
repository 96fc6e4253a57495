/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.batch.Batch;
import dev.defender.protocol.v1.Container;
import java.util.List;
import java.util.Map;

/**
 * A batch with every body read and every row encoded; only positions and the stream's number are missing.
 *
 * @param rowStarts offset of record i's row in {@code rows}, and behind the last one the end; records without a row have
 *     an empty one
 * @param ledgerRows counter row of the node per record
 * @param reports ascending by index
 * @param containers those of which an event knows all, by their uid
 */
record DecodedBatch(
        Batch batch,
        StreamKey stream,
        int lane,
        ClockCorrection clocks,
        CopyBuffer rows,
        int[] rowStarts,
        int[] ledgerRows,
        List<Report> reports,
        Map<String, Container> containers) {
    LaneKey laneKey() {
        return new LaneKey(stream, lane);
    }

    boolean hasRow(int index) {
        return rowStarts[index + 1] > rowStarts[index];
    }

    int rowLength(int index) {
        return rowStarts[index + 1] - rowStarts[index];
    }
}
