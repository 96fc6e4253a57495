/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.health;

import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.sensor.probe.Capability;
import java.util.Arrays;
import java.util.List;

/**
 * What stays the same while a sensor runs.
 *
 * @param capabilities the capability matrix
 * @param ruleSet content hash of the rules
 * @param rules their number
 */
public record HealthFacts(
        String version,
        String kernelRelease,
        String architecture,
        List<Capability> capabilities,
        String ruleSet,
        int rules) {
    /** The fields of {@code defender.v1.Health}, encoded. */
    public byte[] encode() {
        byte[] room = new byte[32 * 1024];
        ProtoWriter body = new ProtoWriter().wrap(room, 0, room.length);
        body.string(1, "sensor");
        body.string(2, version);
        body.string(4, kernelRelease);
        body.string(5, architecture);
        for (Capability capability : capabilities) {
            int mark = body.begin(6);
            body.string(1, capability.name());
            body.string(2, capability.hook());
            body.bool(3, capability.active());
            body.string(4, capability.reason());
            body.end(mark);
        }
        body.string(7, ruleSet);
        body.varint(8, rules);
        return Arrays.copyOf(room, body.length());
    }
}
