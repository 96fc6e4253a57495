/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import dev.defender.protocol.v1.DetectionFinding;

/**
 * A detection that has its place in the log.
 *
 * @param alertUid hash of cluster, alert type and the trigger's identity, hexadecimal; the same for every sighting
 * @param finding what the event's body says
 * @param event the detection's record
 */
public record AlertSighting(String alertUid, DetectionFinding finding, EventRow event) {}
