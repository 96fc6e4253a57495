/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

/**
 * Where a lane stands.
 *
 * @param mark all sequences up to here are stored or covered by a gap
 * @param lastSequence of the latest cut; 0 = nothing numbered
 */
public record LaneMark(int lane, long mark, long lastSequence) {}
