/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

/**
 * What became of a batch.
 *
 * @param stored records that are new
 * @param duplicates records that were there already
 * @param durableSequence the lane's contiguous mark after the batch
 */
public record Receipt(int stored, int duplicates, long durableSequence) {}
