/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

import dev.defender.sensor.ring.HostFacts;
import java.nio.charset.StandardCharsets;
import org.agrona.collections.Int2ObjectHashMap;

/** Names of uids as bytes, asked once and again on {@link #refresh}. */
public final class UserNames {
    private static final int MOST = 4096;

    private final HostFacts facts;
    private final Int2ObjectHashMap<byte[]> byUid = new Int2ObjectHashMap<>();
    private long generation;

    public UserNames(HostFacts facts) {
        this.facts = facts;
    }

    /** UTF-8; empty if the host does not know the uid. Not to be changed. Allocates only for a uid not seen before. */
    public byte[] of(int uid) {
        byte[] known = byUid.get(uid);
        if (known == null) {
            known = facts.userName(uid).getBytes(StandardCharsets.UTF_8);
            if (byUid.size() >= MOST) {
                byUid.clear();
            }
            byUid.put(uid, known);
        }
        return known;
    }

    /** Grows when names may have changed. */
    public long generation() {
        return generation;
    }

    /** The user database changed: ask again. */
    public void refresh() {
        byUid.clear();
        generation++;
    }
}
