/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import org.jspecify.annotations.Nullable;

/**
 * An alert.
 *
 * @param alertUid hash of cluster, alert type and the trigger's identity, hexadecimal
 * @param status "new" until an analyst changes it
 * @param version grows with each change, for If-Match
 * @param event the detection; its body is a {@code DetectionFinding}
 * @param lateContainer a {@code Container} message of a later event, where the detection's own says too little; not to be
 *     written to
 */
public record AlertRow(String alertUid, String status, long version, EventRow event, byte @Nullable [] lateContainer) {}
