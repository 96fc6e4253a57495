/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store;

import java.time.Instant;

/**
 * A stored record.
 *
 * @param position order of commit, from 1
 * @param received when the backend had the request that brought it
 * @param recordClass number of a {@code RecordClass}, perhaps of a later version
 * @param timeBootNs CLOCK_BOOTTIME of the node at the hook, ns
 * @param time the same instant as wall-clock time, from the clock pairs of the batch
 * @param body as received; not to be written to
 */
public record EventRow(
        long position,
        Instant received,
        String cluster,
        String node,
        String bootId,
        String producer,
        long epoch,
        int lane,
        long sequence,
        int recordClass,
        long timeBootNs,
        Instant time,
        byte[] body) {
    /** The same record with another body. */
    public EventRow withBody(byte[] other) {
        return new EventRow(
                position,
                received,
                cluster,
                node,
                bootId,
                producer,
                epoch,
                lane,
                sequence,
                recordClass,
                timeBootNs,
                time,
                other);
    }
}
