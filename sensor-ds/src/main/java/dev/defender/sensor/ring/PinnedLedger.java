/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import bpf4j.BpfMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counters of an epoch of this boot, found pinned. */
public final class PinnedLedger {
    private final long epoch;
    private final Path directory;

    PinnedLedger(long epoch, Path directory) {
        this.epoch = epoch;
        this.directory = directory;
    }

    /** CLOCK_BOOTTIME ns at its producer's start. */
    public long epoch() {
        return epoch;
    }

    /** Maps the counters into this process; the caller closes them. */
    public LedgerMaps map() {
        List<BpfMap> opened = new ArrayList<>();
        try {
            return LedgerMapping.map(name -> {
                BpfMap map = BpfMap.openPinned(directory.resolve(name));
                opened.add(map);
                return map;
            });
        } finally {
            opened.forEach(BpfMap::close);
        }
    }

    /** Its end is durable: the pins may go. What is mapped stays until it is closed. */
    public void forget() throws IOException {
        LedgerPins.remove(directory);
    }
}
