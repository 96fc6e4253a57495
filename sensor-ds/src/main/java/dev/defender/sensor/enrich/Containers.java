/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.ring.HostFacts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/** The container of each cgroup key. Learned from the paths that EXEC and TASK carry, else asked once per key. */
public final class Containers {
    private static final int MOST = 8192;

    private final HostFacts facts;
    private final Long2ObjectHashMap<Container> byKey = new Long2ObjectHashMap<>();
    private final byte[] path = new byte[RawEvent.MAX_TEXT];

    public Containers(HostFacts facts) {
        this.facts = facts;
    }

    /** Allocates only for a key that was not seen before. */
    public Container of(long cgroupKey, RawEvent event) {
        if (cgroupKey == 0) {
            return Container.HOST;
        }
        Container known = byKey.get(cgroupKey);
        return known == null ? learn(cgroupKey, event) : known;
    }

    private Container learn(long cgroupKey, RawEvent event) {
        if (byKey.size() >= MOST) {
            byKey.clear();
        }
        boolean carries =
                (event.type() == EventType.EXEC || event.type() == EventType.TASK) && event.cgroupKey() == cgroupKey;
        Container container;
        if (carries) {
            container = parse(path, event.exec().copyCgroup(path, 0));
        } else {
            String asked = facts.cgroupPath(cgroupKey);
            byte[] bytes = asked == null ? new byte[0] : asked.getBytes(StandardCharsets.ISO_8859_1);
            container = parse(bytes, bytes.length);
        }
        byKey.put(cgroupKey, container);
        return container;
    }

    private static Container parse(byte[] bytes, int length) {
        int at = CgroupPath.containerId(bytes, 0, length);
        return at < 0 ? Container.HOST : new Container(Arrays.copyOfRange(bytes, at, at + 64));
    }
}
