/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

import dev.defender.protocol.wire.ProtoWriter;
import java.util.Arrays;

/**
 * Who speaks.
 *
 * @param producer "sensor", or "replay:" and a hash
 * @param bootId of the running kernel
 * @param epoch CLOCK_BOOTTIME ns at this producer's start
 * @param version of this software
 */
public record ProducerIdentity(String producer, String bootId, long epoch, String version) {
    /** Fields 1 and 2 of a Gap and of a Cut, which name the stream, encoded. */
    public byte[] streamFields() {
        byte[] room = new byte[3 * (producer.length() + bootId.length()) + 64];
        ProtoWriter fields = new ProtoWriter().wrap(room, 0, room.length);
        fields.string(1, producer);
        fields.string(2, bootId);
        return Arrays.copyOf(room, fields.length());
    }
}
