/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sensor;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.defender.protocol.v1.Gap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the sensor's gap records say was lost.
 *
 * @param byReason in the words of the protocol
 */
record GapTotals(Map<String, Long> byReason) {
    static GapTotals of(List<byte[]> gaps) throws InvalidProtocolBufferException {
        Map<String, Long> byReason = new TreeMap<>();
        for (byte[] body : gaps) {
            Gap gap = Gap.parseFrom(body);
            byReason.merge(gap.getReason().name(), gap.getCount(), Long::sum);
        }
        return new GapTotals(byReason);
    }

    long total() {
        return byReason.values().stream().mapToLong(Long::longValue).sum();
    }
}
