/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.batch.Batch;
import java.util.List;

/**
 * A batch with every body read and every row encoded; only positions and the stream's number are missing.
 *
 * @param rowStarts offset of record i's row in {@code rows}, and behind the last one the end; records without a row have
 *     an empty one
 * @param ledgerRows counter row of the node per record
 * @param reports ascending by index
 */
record DecodedBatch(
        Batch batch,
        StreamKey stream,
        int lane,
        ClockCorrection clocks,
        CopyBuffer rows,
        int[] rowStarts,
        int[] ledgerRows,
        List<Report> reports) {
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
