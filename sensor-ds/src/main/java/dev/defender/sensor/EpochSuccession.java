/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.sensor.outbox.PinnedEpoch;
import java.util.List;

/**
 * What a sensor takes over from earlier ones.
 *
 * @param older killed epochs with their counters
 * @param unknown killed epochs without
 * @param onClosed called on the event thread when the publisher holds the end of all of them
 */
record EpochSuccession(List<PinnedEpoch> older, List<Long> unknown, Runnable onClosed) {
    static EpochSuccession of(Epochs epochs) {
        return new EpochSuccession(epochs.older(), epochs.unknown(), epochs::olderClosed);
    }

    /** A replay is nobody's successor. */
    static EpochSuccession none() {
        return new EpochSuccession(List.of(), List.of(), () -> {});
    }
}
