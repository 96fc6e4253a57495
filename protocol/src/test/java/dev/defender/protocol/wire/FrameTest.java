/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.RecordClass;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameTest {
    private final CRC32C crc = new CRC32C();

    @Property
    void oneFlippedBitIsSeen(
            @ForAll @Size(max = 300) byte[] payload, @ForAll @IntRange(max = 65_535) int count, @ForAll int flip) {
        ByteBuffer buffer = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(5 + Frame.HEADER_BYTES, payload);
        int length = Frame.seal(buffer, 5, Frame.RECORDS, Lanes.URGENT, count, payload.length, crc);

        assertThat(length).isEqualTo(Frame.HEADER_BYTES + payload.length);
        assertThat(Frame.length(buffer, 5)).isEqualTo(length);
        assertThat(Frame.intact(buffer, 5, crc)).isTrue();
        assertThat(Frame.type(buffer, 5)).isEqualTo(Frame.RECORDS);
        assertThat(Frame.lane(buffer, 5)).isEqualTo(Lanes.URGENT);
        assertThat(Frame.count(buffer, 5)).isEqualTo(count);

        // Any bit but those of the length, which is judged on its own.
        int bit = Math.floorMod(flip, (length - 4) * 8);
        int at = 5 + 4 + bit / 8;
        buffer.put(at, (byte) (buffer.get(at) ^ 1 << bit % 8));
        assertThat(Frame.intact(buffer, 5, crc)).isFalse();
    }

    @Property
    void noLengthOutsideTheBoundsIsTaken(@ForAll int covered) {
        ByteBuffer buffer =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, covered);
        int length = Frame.length(buffer, 0);
        boolean possible = covered >= 4 && covered <= Frame.MAX_BYTES - 8;
        assertThat(length).isEqualTo(possible ? covered + 8 : -1);
    }

    @Property
    void recordHeaderKeepsWhatItWasGiven(
            @ForAll @IntRange(max = 1) int lane,
            @ForAll @IntRange(max = 65_535) int recordClass,
            @ForAll @IntRange(max = RecordHeader.MAX_BODY_BYTES) int body,
            @ForAll long sequence) {
        ByteBuffer buffer = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        RecordHeader.write(buffer, 3, lane, recordClass, body, sequence);
        assertThat(RecordHeader.lane(buffer, 3)).isEqualTo(lane);
        assertThat(RecordHeader.recordClass(buffer, 3)).isEqualTo(recordClass);
        assertThat(RecordHeader.sequence(buffer, 3)).isEqualTo(sequence);
        assertThat(RecordHeader.recordLength(buffer, 3, 16 + body)).isEqualTo(16 + body);
        assertThat(RecordHeader.recordLength(buffer, 3, 15 + body)).isEqualTo(-1);
    }

    @Test
    void plainNumbersAreThoseOfTheProtobufEnums() {
        assertThat(new int[] {Lanes.BULK, Lanes.URGENT}).containsExactly(Lane.LANE_BULK_VALUE, Lane.LANE_URGENT_VALUE);
        assertThat(Arrays.stream(RecordClass.values())
                        .filter(c -> c != RecordClass.UNRECOGNIZED && c != RecordClass.RECORD_CLASS_UNSPECIFIED)
                        .mapToInt(RecordClass::getNumber))
                .containsExactlyInAnyOrder(
                        RecordClasses.EXEC,
                        RecordClasses.FORK,
                        RecordClasses.EXIT,
                        RecordClasses.CONNECT,
                        RecordClasses.ACCEPT,
                        RecordClasses.LISTEN,
                        RecordClasses.OPEN,
                        RecordClasses.INVENTORY,
                        RecordClasses.KUBERNETES_EVENT,
                        RecordClasses.INVENTORY_LIST,
                        RecordClasses.DETECTION,
                        RecordClasses.GAP,
                        RecordClasses.CUT,
                        RecordClasses.HEALTH);
    }
}
