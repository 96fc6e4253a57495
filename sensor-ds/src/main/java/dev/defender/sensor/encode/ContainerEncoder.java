/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.encode;

import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.sensor.bundle.ContainerFacts;
import dev.defender.sensor.enrich.Container;
import java.util.Arrays;
import java.util.Map;

/** Encodes {@code defender.v1.Container} once for each container; its events copy it. */
final class ContainerEncoder {
    /** All texts of {@link ContainerFacts} at their longest, and the labels. */
    private static final int MOST_BYTES = 16 * 1024;

    /** Of one event; labels past that are left out. */
    private static final int MOST_LABEL_BYTES = 4 * 1024;

    private final ProtoWriter writer = new ProtoWriter();
    private final byte[] room = new byte[MOST_BYTES];

    byte[] encoded(Container container) {
        byte[] known = container.encoded();
        if (known == null) {
            known = encode(container);
            container.encoded(known);
        }
        return known;
    }

    private byte[] encode(Container container) {
        ContainerFacts facts = container.facts();
        writer.wrap(room, 0, room.length);
        bytes(1, container.id());
        bytes(2, container.name());
        bytes(3, container.image());
        bytes(4, container.imageDigest());
        writer.string(5, facts == null ? "" : facts.runtime());
        writer.varint(6, container.context().number());
        if (container.podUid().length > 0 || container.podName().length > 0) {
            int pod = writer.begin(7);
            bytes(1, container.podName());
            bytes(2, container.namespace());
            bytes(3, container.podUid());
            boolean all = facts != null && labels(facts.labels()) && facts.labelsComplete();
            writer.bool(5, !all);
            writer.end(pod);
        }
        return Arrays.copyOf(room, writer.length());
    }

    /** Whether there was room for all. */
    private boolean labels(Map<String, String> labels) {
        int end = writer.length() + MOST_LABEL_BYTES;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            int most = 3 * (label.getKey().length() + label.getValue().length()) + 16;
            if (writer.length() + most > end) {
                return false;
            }
            int mark = writer.begin(4);
            writer.string(1, label.getKey());
            writer.string(2, label.getValue());
            writer.end(mark);
        }
        return true;
    }

    private void bytes(int field, byte[] text) {
        writer.bytes(field, text, 0, text.length);
    }
}
