/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.defender.backend.testbed.BatchBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BatchReaderTest {
    private static BatchBytes three() {
        return BatchBytes.of("c", "n")
                .from(5)
                .record(1, new byte[] {1})
                .record(7, new byte[] {})
                .record(32, new byte[] {2, 3});
    }

    @Test
    void reads_what_a_publisher_writes() throws BadBatchException {
        byte[] plain = three().plain();
        Batch batch = BatchReader.read(Arrays.copyOf(plain, plain.length + 9), plain.length);
        assertThat(batch.count()).isEqualTo(3);
        assertThat(batch.header().getNode()).isEqualTo("n");
        assertThat(batch.sequence(2)).isEqualTo(7);
        assertThat(batch.recordClass(2)).isEqualTo(32);
        assertThat(Arrays.copyOfRange(batch.bytes(), batch.bodyOffset(2), batch.bodyOffset(2) + batch.bodyLength(2)))
                .containsExactly(2, 3);
    }

    @Test
    void names_what_is_wrong_and_where() {
        assertBad(three(), plain -> plain[0] = 'X', "does not begin with DFB1");
        assertBad(three(), plain -> plain[7] = 1, "claims");
        assertBad(three(), plain -> plain[plain.length - 18] = 2, "record 2 of 3 at byte");
        assertBad(three(), plain -> plain[plain.length - 17] = 1, "is of lane 1, the batch of lane 0");
        assertBad(three(), plain -> plain[plain.length - 14] = 100, "goes past the end of the batch");
        assertBad(three(), plain -> plain[plain.length - 10] = 6, "has sequence 6 after 6");
        assertBad(three(), plain -> plain[plain.length - 10] = 8, "last_sequence is 7");
        assertBad(header(builder -> builder.header().setCount(2)), plain -> {}, "counts 2 records, which end at byte");
        assertBad(header(builder -> builder.header().setCount(4)), plain -> {}, "record 3 of 4");
        assertBad(header(builder -> builder.header().setCount(10_001)), plain -> {}, "10001");
        assertBad(header(builder -> builder.header().setFirstSequence(4)), plain -> {}, "first_sequence is 4");
        assertBad(header(builder -> builder.header().setLaneValue(9)), plain -> {}, "lane is 9");
        assertBad(header(builder -> builder.header().setEpoch(0)), plain -> {}, "epoch is 0");
        assertBad(header(builder -> builder.header().setNode("")), plain -> {}, "node must be");
        assertBad(header(builder -> builder.header().setProducer("a b")), plain -> {}, "producer must be");
        assertBad(BatchBytes.of("c", "n"), plain -> {}, "counts 0 records");
        assertBad(BatchBytes.of("c", "n").record(1, new byte[65_536]), plain -> {}, "a body has at most");
    }

    @Test
    void every_cut_is_noticed() {
        byte[] plain = three().plain();
        for (int length = 0; length < plain.length; length++) {
            int cut = length;
            assertThat(catchThrowableOfType(
                            BadBatchException.class, () -> BatchReader.read(Arrays.copyOf(plain, cut), cut)))
                    .as("cut at %d", cut)
                    .isNotNull();
        }
    }

    @Property(tries = 2000)
    void no_bytes_do_worse_than_a_bad_batch(
            @ForAll @IntRange(max = 200) int at,
            @ForAll byte value,
            @ForAll @IntRange(max = 200) int at2,
            @ForAll byte value2) {
        byte[] plain = three().plain();
        plain[at % plain.length] = value;
        plain[at2 % plain.length] = value2;
        try {
            BatchReader.read(plain, plain.length);
        } catch (BadBatchException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    @Property(tries = 500)
    void no_body_does_worse_than_bad_or_oversized(@ForAll @Size(max = 200) byte[] body, @ForAll boolean magic) {
        byte[] compressed = body.clone();
        if (magic && compressed.length >= 4) {
            System.arraycopy(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, 0, compressed, 0, 4);
        }
        try {
            ZstdBody.bytesNeeded(compressed, compressed.length);
            ZstdBody.decompress(compressed, compressed.length);
        } catch (BadBatchException | OversizedBatchException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    @Test
    void bombs_are_refused_whatever_they_claim() throws IOException {
        byte[] claimed = Zstd.compress(new byte[64 << 20]);
        assertThat(catchThrowableOfType(
                        OversizedBatchException.class, () -> ZstdBody.bytesNeeded(claimed, claimed.length)))
                .isNotNull();
        byte[] silent = streamed(new byte[64 << 20], 20);
        assertThat(catchThrowableOfType(
                        OversizedBatchException.class, () -> ZstdBody.decompress(silent, silent.length)))
                .isNotNull();
        byte[] wide = streamed(new byte[1000], 27);
        assertThat(catchThrowableOfType(BadBatchException.class, () -> ZstdBody.decompress(wide, wide.length)))
                .isNotNull();
    }

    @Test
    void the_largest_batch_still_fits() throws Exception {
        byte[] plain = new byte[BatchLimits.UNCOMPRESSED_BYTES];
        byte[] compressed = streamed(plain, 22);
        assertThat(ZstdBody.decompress(compressed, compressed.length).length()).isEqualTo(plain.length);
        byte[] larger = streamed(new byte[plain.length + 1], 22);
        assertThat(catchThrowableOfType(
                        OversizedBatchException.class, () -> ZstdBody.decompress(larger, larger.length)))
                .isNotNull();
    }

    @Test
    void the_budget_gives_back_what_was_held() {
        ByteBudget budget = new ByteBudget(10);
        try (ByteBudget.Reservation first = budget.open()) {
            assertThat(first.grow(6)).isTrue();
            assertThat(first.grow(5)).isFalse();
            assertThat(budget.used()).isEqualTo(6);
        }
        assertThat(budget.used()).isZero();
    }

    private static byte[] streamed(byte[] plain, int windowLog) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZstdOutputStream stream = new ZstdOutputStream(bytes)) {
            stream.setLong(windowLog);
            stream.write(plain);
        }
        return bytes.toByteArray();
    }

    private static BatchBytes header(Consumer<BatchBytes> change) {
        BatchBytes batch = three();
        change.accept(batch);
        return batch;
    }

    private static void assertBad(BatchBytes batch, Consumer<byte[]> damage, String message) {
        byte[] plain = batch.plain();
        damage.accept(plain);
        assertThat(catchThrowableOfType(BadBatchException.class, () -> BatchReader.read(plain, plain.length)))
                .as(message)
                .isNotNull()
                .hasMessageContaining(message);
    }
}
