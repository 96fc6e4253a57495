/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.protocol.wire.RecordHeader;
import java.nio.ByteBuffer;

/** Whether the payload of a RECORDS frame is what its header says: whole records of one lane without a hole. */
final class RecordsCheck {
    private RecordsCheck() {}

    /** @return sequence of the first record */
    static long check(ByteBuffer frame, int at, int length, int lane, int count) throws RefusedException {
        if (count == 0) {
            throw new RefusedException(Refusal.MALFORMED, "RECORDS frame without a record");
        }
        int offset = at;
        int end = at + length;
        long first = 0;
        for (int i = 0; i < count; i++) {
            int record = RecordHeader.recordLength(frame, offset, end - offset);
            if (record < 0) {
                throw new RefusedException(
                        Refusal.MALFORMED, "record " + (i + 1) + " of " + count + " in a frame has no valid header");
            }
            long sequence = RecordHeader.sequence(frame, offset);
            if (i == 0) {
                first = sequence;
            }
            if (sequence != first + i || RecordHeader.lane(frame, offset) != lane) {
                throw new RefusedException(
                        Refusal.MALFORMED,
                        "record " + (i + 1) + " of " + count + " in a frame has sequence " + sequence + " of lane "
                                + RecordHeader.lane(frame, offset) + "; expected " + (first + i) + " of lane " + lane);
            }
            offset += record;
        }
        if (offset != end || first < 1) {
            throw new RefusedException(
                    Refusal.MALFORMED, (end - offset) + " bytes behind the last record of a frame, first is " + first);
        }
        return first;
    }
}
