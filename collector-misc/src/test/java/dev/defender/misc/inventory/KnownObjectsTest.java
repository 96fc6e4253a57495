/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class KnownObjectsTest {
    private record Entry(long hash, int list) {}

    /** Few uids, so that they meet; their halves are small numbers, so that homes are near each other. */
    @Property(tries = 300)
    void itBehavesAsAMap(@ForAll @Size(max = 400) List<@IntRange(min = -120, max = 120) Integer> steps) {
        KnownObjects known = new KnownObjects();
        Map<Long, Entry> model = new HashMap<>();
        int step = 0;
        for (int value : steps) {
            long uid = Math.abs(value) % 90;
            int list = step++ % 3 - 1 == 0 ? KnownObjects.WATCHED : step % 2 == 0 ? 7 : -7;
            if (value < -30) {
                known.remove(uid, ~uid);
                model.remove(uid);
            } else {
                known.put(uid, ~uid, value + 1000, list);
                model.put(uid, new Entry(value + 1000, list));
            }
            assertThat(known.size()).isEqualTo(model.size());
        }
        for (long uid = 0; uid < 90; uid++) {
            Entry entry = model.get(uid);
            assertThat(known.contains(uid, ~uid)).isEqualTo(entry != null);
            assertThat(known.hash(uid, ~uid)).isEqualTo(entry == null ? KnownObjects.OUTDATED : entry.hash());
        }
        Set<Long> unnamed = new HashSet<>();
        known.unnamed(7, (high, low, hash) -> unnamed.add(high));
        Set<Long> expected = new HashSet<>();
        model.forEach((uid, entry) -> {
            if (entry.list() == KnownObjects.WATCHED) {
                expected.add(uid);
            }
        });
        assertThat(unnamed).isEqualTo(expected);
    }
}
