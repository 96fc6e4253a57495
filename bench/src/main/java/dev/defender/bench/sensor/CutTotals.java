/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sensor;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.defender.protocol.v1.Cut;
import dev.defender.protocol.v1.CutRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the sensor's ledger says, summed over classes and rows.
 *
 * @param captured at the hook, and detections concluded
 * @param filtered on purpose
 * @param lost with a gap record each
 * @param closed whether the last cut was the final one
 */
record CutTotals(long captured, long filtered, long lost, boolean closed) {
    /** Sums the latest totals of each row; a cut holds only the rows that changed. */
    static CutTotals of(List<byte[]> cuts) throws InvalidProtocolBufferException {
        Map<Long, CutRow> latest = new HashMap<>();
        boolean closed = false;
        for (byte[] body : cuts) {
            Cut cut = Cut.parseFrom(body);
            closed = cut.getFinal();
            for (CutRow row : cut.getRowsList()) {
                latest.put((long) row.getRecordClassValue() << 32 | row.getLedgerRow(), row);
            }
        }
        long captured = 0;
        long filtered = 0;
        long lost = 0;
        for (CutRow row : latest.values()) {
            captured += row.getCaptured();
            filtered += row.getFiltered();
            lost += row.getLost();
        }
        return new CutTotals(captured, filtered, lost, closed);
    }

    /** What must have been delivered once nothing is in flight. */
    long owed() {
        return captured - filtered - lost;
    }
}
