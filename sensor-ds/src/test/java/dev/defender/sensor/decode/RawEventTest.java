/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawEventTest {
    private final RawEvent event = new RawEvent();
    private final byte[] text = new byte[RawEvent.MAX_TEXT];

    private String text(int length) {
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    @Test
    void readsAtAnyOffsetOfTheBuffer() {
        ByteBuffer record = TestRecords.exec(EventType.EXEC, 12, "a\0b\0", "/usr/bin/thing");
        ByteBuffer ring = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        ring.put(1000, record, 0, record.limit());

        assertThat(event.wrap(ring, 1000, record.limit())).isNull();
        assertThat(event.pid()).isEqualTo(12);
        assertThat(event.cgroupKey()).isEqualTo(7L << 56 | 42);
        assertThat(text(event.copyComm(text, 0))).isEqualTo("test");
        assertThat(text(event.exec().copyArgs(text, 0))).isEqualTo("a\0b\0");
        assertThat(text(event.exec().copyExe(text, 0))).isEqualTo("/usr/bin/thing");
        assertThat(text(event.exec().copyCwd(text, 0))).isEqualTo("/");
        assertThat(text(event.exec().copyCgroup(text, 0))).isEqualTo("/pod/c1");
        assertThat(event.exec().copyArgs(text, 100)).isEqualTo(4);
        assertThat(text[100]).isEqualTo((byte) 'a');
    }

    @Test
    void aTruncatedPathHasNoLeadingSlash() {
        ByteBuffer record = TestRecords.open(3, "/b/c");
        record.putInt(72, EventFlags.PATH_TRUNCATED);

        assertThat(event.wrap(record, 0, record.limit())).isNull();
        assertThat(text(event.open().copyPath(text, 0))).isEqualTo("b/c");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 99, UNKNOWN_TYPE",
        "2, 2, WRONG_ABI",
        "4, 1, WRONG_LENGTH",
        "68, 1024, BAD_VALUE",
        "140, 5000, SECTION_OUT_OF_BOUNDS",
        "148, 4000, SECTION_OUT_OF_BOUNDS"
    })
    void saysWhatIsWrong(int offset, int value, Undecodable reason) {
        ByteBuffer record = TestRecords.exec(EventType.EXEC, 12, "a\0", "/x");
        record.putShort(offset, (short) value);

        assertThat(event.wrap(record, 0, record.limit())).isEqualTo(reason);
    }

    @Test
    void aShortRecordIsRefusedAtEveryLength() {
        ByteBuffer record = TestRecords.exec(EventType.EXEC, 12, "a\0", "/x");
        for (int length = 0; length < record.limit(); length++) {
            if (length >= RawEvent.HEADER_BYTES) {
                record.putInt(4, length);
            }
            assertThat(event.wrap(record, 0, length)).as("length %d", length).isNotNull();
        }
    }

    @Property(tries = 3000)
    void noBytesMakeItReadPastTheRecord(
            @ForAll @Size(min = 96, max = 400) byte[] bytes, @ForAll @IntRange(min = 0, max = 8) int type) {
        ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        record.putShort(0, (short) (type == 8 ? EventType.TASK : type))
                .putShort(2, (short) 1)
                .putInt(4, bytes.length);
        record.putInt(68, record.getInt(68) & 0xff);
        for (int field = 140; field < 150 && field + 2 <= bytes.length; field += 2) {
            record.putShort(field, (short) (record.getShort(field) & 0x3f));
        }
        if (event.wrap(record, 0, bytes.length) == null) {
            readEverything();
        }
    }

    private void readEverything() {
        event.copyComm(text, 0);
        switch (event.type()) {
            case EventType.EXEC, EventType.TASK -> {
                event.exec().copyArgs(text, 0);
                event.exec().copyFilename(text, 0);
                event.exec().copyExe(text, 0);
                event.exec().copyCwd(text, 0);
                event.exec().copyCgroup(text, 0);
            }
            case EventType.FORK -> event.fork().copyChildComm(text, 0);
            case EventType.OPEN -> {
                event.open().copyPath(text, 0);
                event.open().copyCwd(text, 0);
            }
            case EventType.CONNECT, EventType.ACCEPT, EventType.LISTEN -> {
                event.network().copyLocalAddress(text, 0);
                event.network().copyRemoteAddress(text, 0);
            }
            default -> assertThat(event.exit().signal()).isEqualTo(event.exit().signal());
        }
    }
}
