/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Against a plain set of numbers. */
class SequenceSetTest {
    private static final long HIGHEST = 400;

    @Property(tries = 200)
    void knowsExactlyWhatItWasTold(@ForAll Random random) {
        SequenceSet set = new SequenceSet();
        Set<Long> model = new HashSet<>();
        for (int step = 0; step < 60; step++) {
            long first = 1 + random.nextLong(HIGHEST);
            long last = Math.min(HIGHEST, first + random.nextLong(12));
            List<Long> unknown = LongStream.rangeClosed(first, last)
                    .filter(n -> !model.contains(n))
                    .boxed()
                    .toList();
            if (random.nextBoolean()) {
                unknown.forEach(n -> set.receive(n, n));
            } else {
                assertThat(set.cover(first, last)).isEqualTo(unknown.size());
            }
            model.addAll(unknown);
            check(set, model);
            check(new SequenceSet(set.mark(), set.received(), set.covered()), model);
        }
    }

    @Property(tries = 200)
    void givesUpOnlyTheOldestHolesAndSaysWhich(@ForAll Random random) {
        SequenceSet set = new SequenceSet();
        Set<Long> model = new HashSet<>();
        long next = 1;
        for (int i = 0; i < SequenceSet.MAX_RECEIVED_RANGES + 20; i++) {
            next += 2 + random.nextInt(3);
            set.receive(next, next);
            model.add(next);
        }
        for (Range hole : set.closeOldestHoles()) {
            for (long n = hole.first(); n <= hole.last(); n++) {
                assertThat(model.add(n)).isTrue();
            }
        }
        assertThat(set.received().length / 2).isEqualTo(SequenceSet.MAX_RECEIVED_RANGES);
        check(set, model);
    }

    private static void check(SequenceSet set, Set<Long> model) {
        long mark = 0;
        while (model.contains(mark + 1)) {
            mark++;
        }
        assertThat(set.mark()).isEqualTo(mark);
        assertThat(set.highest())
                .isEqualTo(model.stream().mapToLong(Long::longValue).max().orElse(0));
        for (long n = 1; n <= HIGHEST; n++) {
            assertThat(set.contains(n)).isEqualTo(model.contains(n));
        }
    }
}
