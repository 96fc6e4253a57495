/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

/**
 * A loss that was reported, summed over its gap records.
 *
 * @param reason number of a {@code LossReason}
 * @param accuracy number of an {@code Accuracy}; only exact and at-least counts enter the ledger's sum
 * @param reporter the stream that told
 */
public record LossLine(
        int recordClass,
        String containerUid,
        int reason,
        int accuracy,
        long count,
        String reporter,
        String detail,
        long firstTimeBootNs,
        long lastTimeBootNs) {}
