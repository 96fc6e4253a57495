/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.RecordHeader;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The records of one data block that match their CRCs, as runs without a hole: a whole block is one run, a damaged
 * record splits it. One thread; valid as long as the window holds the block.
 */
final class RecordRuns {
    private final CRC32C crc = new CRC32C();
    private final SpoolStats stats;
    private ByteBuffer window = ByteBuffer.allocate(0);
    private long blockFirst;
    private int count;
    private int table;
    private int payloadEnd;
    private int index;
    private int offset;
    private long first;
    private int runAt;
    private int runCount;

    RecordRuns(SpoolStats stats) {
        this.stats = stats;
    }

    void open(ByteBuffer blockWindow, int at) {
        window = blockWindow;
        blockFirst = Block.first(window, at);
        count = Block.count(window, at);
        table = Block.tableOffset(at);
        offset = Block.payloadOffset(window, at);
        payloadEnd = offset + Block.payloadLength(window, at);
        index = 0;
        runCount = 0;
    }

    /** Finds the next run of records from sequence {@code from} on; false at the block's end. */
    boolean next(long from) {
        runCount = 0;
        while (index < count) {
            int length = intactLength(index, offset);
            if (length < 0) {
                if (runCount > 0) {
                    return true;
                }
                skipDamage();
                continue;
            }
            if (blockFirst + index >= from) {
                if (runCount == 0) {
                    first = blockFirst + index;
                    runAt = offset;
                }
                runCount++;
            }
            index++;
            offset += length;
        }
        return runCount > 0;
    }

    /** Whether the block has no more runs to offer. */
    boolean exhausted() {
        return index >= count;
    }

    long first() {
        return first;
    }

    int runCount() {
        return runCount;
    }

    int runAt() {
        return runAt;
    }

    int runLength() {
        return offset - runAt;
    }

    private int intactLength(int record, int at) {
        int length = RecordHeader.recordLength(window, at, payloadEnd - at);
        return length > 0
                        && RecordHeader.sequence(window, at) == blockFirst + record
                        && window.getInt(table + record * Block.CRC_BYTES) == Frame.checksum(window, at, length, crc)
                ? length
                : -1;
    }

    /** The damaged record's length may be wrong as well: the next one is known by its sequence and its CRC. */
    private void skipDamage() {
        stats.damagedRecords.incrementAndGet();
        for (int at = offset + 1; at + RecordHeader.BYTES <= payloadEnd; at++) {
            long record = RecordHeader.sequence(window, at) - blockFirst;
            if (record > index && record < count && intactLength((int) record, at) > 0) {
                index = (int) record;
                offset = at;
                return;
            }
        }
        index = count;
    }
}
