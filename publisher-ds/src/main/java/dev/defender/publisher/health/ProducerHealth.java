/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.health;

import java.util.LinkedHashMap;
import java.util.Map;

/** The latest Health message of each producer, as it was encoded; decoded only when somebody asks. Any thread. */
public final class ProducerHealth {
    private static final int MAX_PRODUCERS = 8;

    private final Map<String, byte[]> latest = new LinkedHashMap<>();

    public synchronized void put(String producer, byte[] message) {
        latest.remove(producer);
        latest.put(producer, message);
        if (latest.size() > MAX_PRODUCERS) {
            latest.remove(latest.keySet().iterator().next());
        }
    }

    public synchronized Map<String, byte[]> all() {
        return new LinkedHashMap<>(latest);
    }
}
