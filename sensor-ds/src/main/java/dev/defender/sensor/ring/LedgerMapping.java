/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import bpf4j.BpfMap;
import bpf4j.MappedMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Maps the ledger's maps into this process, fresh ones of a loaded object or pinned ones of an older epoch. */
final class LedgerMapping {
    static final String COUNTERS = "ledger";
    static final String PLAIN_OPENS = "plain_opens";
    static final String LABELS = "row_labels";
    static final String HEAD = "ledger_head";
    static final String INDEX = "window_index";

    /** All that a successor needs to close the epoch. */
    static final List<String> NAMES = List.of(COUNTERS, PLAIN_OPENS, LABELS, HEAD, INDEX);

    private LedgerMapping() {}

    /** The maps may be closed afterwards. */
    static LedgerMaps map(Function<String, BpfMap> maps) {
        List<AutoCloseable> mappings = new ArrayList<>();
        int rows = maps.apply(COUNTERS).info().maxEntries();
        int cpus = maps.apply(PLAIN_OPENS).info().maxEntries() / rows;
        return new LedgerMaps(
                buffer(maps, COUNTERS, mappings),
                buffer(maps, PLAIN_OPENS, mappings),
                buffer(maps, LABELS, mappings),
                buffer(maps, HEAD, mappings),
                buffer(maps, INDEX, mappings),
                rows,
                cpus,
                mappings);
    }

    private static ByteBuffer buffer(Function<String, BpfMap> maps, String name, List<AutoCloseable> mappings) {
        MappedMemory memory = maps.apply(name).mapMemory(true);
        mappings.add(memory);
        return memory.buffer();
    }
}
