/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.File;
import dev.defender.protocol.v1.Hello;
import dev.defender.protocol.v1.Process;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.Size;

/** What one side writes by hand, the other reads with the generated classes, and the reverse. */
class ProtoInteropTest {
    @Property
    void generatedClassesReadWhatTheWriterWrote(
            @ForAll long time, @ForAll int pid, @ForAll long capabilities, @ForAll String path)
            throws InvalidProtocolBufferException {
        byte[] bytes = new byte[64 * 1024];
        ProtoWriter writer = new ProtoWriter().wrap(bytes, 7, bytes.length - 7);
        writer.fixed64(Event.TIME_BOOT_NS_FIELD_NUMBER, time);
        int process = writer.begin(Event.PROCESS_FIELD_NUMBER);
        writer.varint(Process.PID_FIELD_NUMBER, Integer.toUnsignedLong(pid));
        writer.varint(Process.CAP_EFFECTIVE_FIELD_NUMBER, capabilities);
        int file = writer.begin(Process.FILE_FIELD_NUMBER);
        byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
        writer.bytes(File.PATH_FIELD_NUMBER, utf8, 0, utf8.length);
        writer.end(file);
        writer.end(process);

        assertThat(writer.overflowed()).isFalse();
        Event event = Event.parser().parseFrom(bytes, 7, writer.length());
        assertThat(event.getTimeBootNs()).isEqualTo(time);
        assertThat(event.getProcess().getPid()).isEqualTo(pid);
        assertThat(event.getProcess().getCapEffective()).isEqualTo(capabilities);
        assertThat(event.getProcess().getFile().getPath()).isEqualTo(new String(utf8, StandardCharsets.UTF_8));
    }

    @Property
    void readerReadsWhatTheGeneratedClassesWrote(
            @ForAll String producer, @ForAll long epoch, @ForAll @Size(max = 4) List<Long> sequences) {
        byte[] bytes = Hello.newBuilder()
                .setProtocolVersion(1)
                .setProducer(new String(producer.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .setEpoch(epoch)
                .addAllNextSequence(sequences)
                .build()
                .toByteArray();
        ProtoReader reader = new ProtoReader().wrap(bytes, 0, bytes.length);
        String readProducer = "";
        long readEpoch = 0;
        long[] readSequences = new long[4];
        int count = 0;
        while (reader.next()) {
            switch (reader.field()) {
                case Hello.PRODUCER_FIELD_NUMBER -> readProducer = reader.string();
                case Hello.EPOCH_FIELD_NUMBER -> readEpoch = reader.number();
                case Hello.NEXT_SEQUENCE_FIELD_NUMBER -> count = reader.repeated(readSequences, count);
                default -> {}
            }
        }
        assertThat(reader.malformed()).isFalse();
        assertThat(readProducer.getBytes(StandardCharsets.UTF_8)).isEqualTo(producer.getBytes(StandardCharsets.UTF_8));
        assertThat(readEpoch).isEqualTo(epoch);
        assertThat(count).isEqualTo(sequences.size());
        for (int i = 0; i < count; i++) {
            assertThat(readSequences[i]).isEqualTo(sequences.get(i));
        }
    }

    @Property
    void readerEndsOnAnyBytes(@ForAll @Size(max = 200) @ByteRange(min = -128) byte[] bytes) {
        ProtoReader reader = new ProtoReader().wrap(bytes, 0, bytes.length);
        int fields = 0;
        while (reader.next()) {
            assertThat(reader.valueOffset() + reader.valueLength()).isLessThanOrEqualTo(bytes.length);
            fields++;
        }
        assertThat(fields).isLessThanOrEqualTo(bytes.length);
    }

    @Property
    void writerNeverWritesPastItsLimit(@ForAll @Size(max = 100) byte[] value, @ForAll byte room) {
        byte[] bytes = new byte[512];
        int limit = Byte.toUnsignedInt(room);
        ProtoWriter writer = new ProtoWriter().wrap(bytes, 0, limit);
        int mark = writer.begin(1);
        writer.bytes(2, value, 0, value.length);
        writer.fixed64(3, 42);
        writer.end(mark);
        for (int i = limit; i < bytes.length; i++) {
            assertThat(bytes[i]).isZero();
        }
        assertThat(writer.length()).isLessThanOrEqualTo(limit);
    }
}
