/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import java.nio.ByteBuffer;

/** Takes raw records, one call each, on the thread that polls. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * The bytes are valid during the call only and must not be changed.
     *
     * @param buffer little-endian; position and limit mean nothing
     * @param offset of the record in the buffer, in bytes
     * @param length of the record as the ring says it, in bytes; what the record itself says is unchecked
     */
    void onRecord(ByteBuffer buffer, int offset, int length);
}
