/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.protocol.wire.RecordHeader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LaneWindowTest {
    /** A step ≥ 0 appends a body of that many bytes, a negative one acknowledges that many records. */
    @Property(tries = 300)
    void whatIsBetweenTailAndHeadIsWhatWasAppended(
            @ForAll @Size(max = 200) List<@IntRange(min = -6, max = 60_000) Integer> steps) {
        LaneWindow window = new LaneWindow(1 << 17, 32);
        ArrayDeque<Integer> model = new ArrayDeque<>();
        RecordBuffer record = new RecordBuffer();
        long acked = 0;
        for (int step : steps) {
            if (step >= 0) {
                record.begin().bytes(1, new byte[step], 0, step);
                record.header(0, 1, window.nextSequence());
                int length = record.recordLength();
                if (window.fits(length, Long.MAX_VALUE)) {
                    window.append(record.bytes(), 0, length);
                    model.add(length);
                } else {
                    assertThat(model).isNotEmpty();
                }
            } else {
                for (int i = 0; i < -step && !model.isEmpty(); i++) {
                    model.remove();
                    acked++;
                }
                window.release(acked);
            }
            assertThat(contents(window, acked + 1)).containsExactlyElementsOf(model);
        }
        window.release(acked + model.size());
        assertThat(window.used()).isZero();
    }

    private static List<Integer> contents(LaneWindow window, long firstSequence) {
        List<Integer> lengths = new ArrayList<>();
        long sequence = firstSequence;
        for (long at = window.tail(); at < window.head(); ) {
            at = window.skipLapEnd(at);
            assertThat(RecordHeader.sequence(window.memory(), window.index(at))).isEqualTo(sequence++);
            int length = window.recordLength(at);
            assertThat(window.index(at) + length).isLessThanOrEqualTo(window.capacity());
            lengths.add(length);
            at += length;
        }
        return lengths;
    }
}
