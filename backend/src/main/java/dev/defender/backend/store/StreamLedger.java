/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of one stream: captured = delivered + filtered + lost + in flight, per line.
 *
 * @param finalCut the epoch is over
 * @param unknown the totals did not survive; nothing can be proved
 * @param closes marks have reached the cut and nothing is in flight
 * @param lastCut receipt of the cut that the lines are computed against; null = no cut yet
 */
public record StreamLedger(
        String cluster,
        String node,
        String bootId,
        String producer,
        long epoch,
        boolean finalCut,
        boolean unknown,
        boolean closes,
        @Nullable Instant lastCut,
        List<LaneMark> lanes,
        List<LedgerLine> lines,
        List<LossLine> losses) {
    public StreamLedger {
        lanes = List.copyOf(lanes);
        lines = List.copyOf(lines);
        losses = List.copyOf(losses);
    }
}
