/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

/**
 * An alert.
 *
 * @param alertUid hash of cluster, alert type and the trigger's identity, hexadecimal
 * @param status "new" until an analyst changes it
 * @param version grows with each change, for If-Match
 * @param event the detection; its body is a {@code DetectionFinding}
 */
public record AlertRow(String alertUid, String status, long version, EventRow event) {}
