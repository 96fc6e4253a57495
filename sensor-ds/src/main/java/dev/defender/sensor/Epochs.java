/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.sensor.ledger.HeadWords;
import dev.defender.sensor.ledger.Ledger;
import dev.defender.sensor.ledger.LedgerMemory;
import dev.defender.sensor.ledger.MapsMemory;
import dev.defender.sensor.outbox.PinnedEpoch;
import dev.defender.sensor.ring.LedgerPins;
import dev.defender.sensor.ring.PinnedLedger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The epochs of this boot: those that were killed before, and the running one until it ends in order. */
final class Epochs {
    private static final Logger log = LoggerFactory.getLogger(Epochs.class);

    private final LedgerPins pins;
    private final StateDirectory state;
    private final long running;
    private final List<PinnedEpoch> older;
    private final List<Long> unknown;

    private Epochs(LedgerPins pins, StateDirectory state, long running, List<PinnedEpoch> older, List<Long> unknown) {
        this.pins = pins;
        this.state = state;
        this.running = running;
        this.older = older;
        this.unknown = unknown;
    }

    /** Finds the older ones and writes the running one down. Call before anything is pinned for it. */
    static Epochs begin(LedgerPins pins, StateDirectory state, long running) throws StartException {
        try {
            List<PinnedEpoch> older = new ArrayList<>();
            Set<Long> known = new HashSet<>();
            for (PinnedLedger pinned : pins.older()) {
                older.add(new Killed(pinned));
                known.add(pinned.epoch());
            }
            List<Long> open = state.open();
            List<Long> unknown =
                    open.stream().filter(epoch -> !known.contains(epoch)).toList();
            List<Long> all = new ArrayList<>(open);
            all.add(running);
            state.write(all);
            return new Epochs(pins, state, running, older, unknown);
        } catch (IOException e) {
            throw new StartException("cannot look for earlier counters: " + StartException.reason(e));
        }
    }

    /** Killed, with their counters. */
    List<PinnedEpoch> older() {
        return older;
    }

    /** Killed, and their counters are gone. */
    List<Long> unknown() {
        return unknown;
    }

    /** The older ones are closed for good. */
    void olderClosed() {
        older.forEach(PinnedEpoch::forget);
        write(List.of(running));
    }

    /** The running one ended, and the publisher holds its end. */
    void runningClosed() {
        try {
            pins.forget(running);
        } catch (IOException e) {
            log.debug("no pins of epoch {} to remove", running, e);
        }
        write(List.of());
    }

    private void write(List<Long> open) {
        try {
            state.write(open);
        } catch (IOException e) {
            log.warn("cannot write down which epochs are open: {}", StartException.reason(e));
        }
    }

    private static final class Killed implements PinnedEpoch {
        private final PinnedLedger pinned;
        private final LedgerMemory memory;

        Killed(PinnedLedger pinned) {
            this.pinned = pinned;
            this.memory = new MapsMemory(pinned.map());
            if (memory.head(HeadWords.EPOCH) == 0) {
                // Killed between pinning and its first word: what the hooks counted is all there is.
                new Ledger(memory, pinned.epoch());
            }
        }

        @Override
        public long epoch() {
            return pinned.epoch();
        }

        @Override
        public LedgerMemory memory() {
            return memory;
        }

        @Override
        public void forget() {
            try {
                pinned.forget();
            } catch (IOException e) {
                log.warn("cannot remove the counters of epoch {}: {}", pinned.epoch(), StartException.reason(e));
            }
        }
    }
}
