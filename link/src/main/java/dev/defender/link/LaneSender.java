/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

import dev.defender.protocol.wire.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.GatheringByteChannel;
import java.util.zip.CRC32C;

/**
 * Sends one lane's window as frames, straight from the ring: header and records go out in one gathering write. Knows how
 * far it has sent on this connection and how much credit is left. Link thread; allocates nothing.
 */
final class LaneSender {
    private final int lane;
    private final LaneWindow window;
    private final ByteBuffer header =
            ByteBuffer.allocateDirect(Frame.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer records;
    private final ByteBuffer[] pieces;
    private final CRC32C crc = new CRC32C();

    /** Sent on this connection up to here; the frame under way included. */
    private long sent;

    private long credit;
    private boolean underWay;

    LaneSender(int lane, LaneWindow window) {
        this.lane = lane;
        this.window = window;
        this.records = window.memory().duplicate();
        this.pieces = new ByteBuffer[] {header, records};
    }

    /** New connection: everything un-acked is to be sent again. */
    void restart(long creditBytes) {
        sent = window.tail();
        credit = creditBytes;
        underWay = false;
    }

    void credit(long creditBytes) {
        credit = creditBytes;
    }

    /** The publisher holds everything up to {@code sequence}. */
    void acked(long sequence) {
        long position = window.release(sequence);
        if (position > sent) {
            sent = position;
        }
    }

    /** Whether a frame is half written: no other lane may write before it is done. */
    boolean underWay() {
        return underWay;
    }

    /** Whether something waits that the credit allows. */
    boolean ready() {
        long head = window.head();
        if (sent == head) {
            return false;
        }
        long at = window.skipLapEnd(sent);
        return at + window.recordLength(at) - window.tail() <= credit;
    }

    /**
     * Writes the frame under way, or begins one if there is something to send within the credit.
     *
     * @return whether progress was made; then call again
     */
    boolean write(GatheringByteChannel channel) throws IOException {
        if (!underWay && !begin()) {
            return false;
        }
        long written = channel.write(pieces, 0, pieces.length);
        if (!header.hasRemaining() && !records.hasRemaining()) {
            underWay = false;
        }
        return written > 0;
    }

    private boolean begin() {
        long head = window.head();
        if (sent == head) {
            return false;
        }
        long at = window.skipLapEnd(sent);
        long end = at;
        long most = Math.min(Frame.MAX_PAYLOAD_BYTES, credit - (at - window.tail()));
        int count = 0;
        while (end < head && window.skipLapEnd(end) == end && count < 0xFFFF) {
            int length = window.recordLength(end);
            if (end + length - at > most) {
                break;
            }
            end += length;
            count++;
            if (window.index(end) == 0) {
                break;
            }
        }
        if (count == 0) {
            return false;
        }
        seal(window.index(at), (int) (end - at), count);
        sent = end;
        underWay = true;
        return true;
    }

    private void seal(int index, int length, int count) {
        header.clear();
        records.limit(index + length).position(index);
        header.putInt(0, Frame.HEADER_BYTES - Frame.COVERED_FROM + length);
        header.put(8, (byte) Frame.RECORDS);
        header.put(9, (byte) lane);
        header.putShort(10, (short) count);
        crc.reset();
        header.position(Frame.COVERED_FROM);
        crc.update(header);
        crc.update(records);
        header.putInt(4, (int) crc.getValue());
        header.position(0);
        records.position(index);
    }
}
