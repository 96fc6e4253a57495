/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import dev.defender.sensor.bundle.CgroupPath;
import dev.defender.sensor.bundle.ContainerFacts;
import dev.defender.sensor.bundle.FactsText;
import dev.defender.sensor.ring.HostFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.collections.LongHashSet;

/** Asks the host once for each user and cgroup that a recorded record names, and keeps the answers for the file. */
final class FactNotes {
    private static final int UNSET = -1;

    private final HostFacts facts;
    private final LongHashSet users = new LongHashSet();
    private final LongHashSet cgroups = new LongHashSet();
    private final ByteBuffer notes =
            ByteBuffer.allocate(ChunkType.MAX_PAYLOAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int entries;

    FactNotes(HostFacts facts) {
        this.facts = facts;
    }

    void note(ByteBuffer record, int at, int length) {
        user(RecordFields.uid(record, at));
        user(RecordFields.euid(record, at));
        user(RecordFields.loginUid(record, at));
        cgroup(RecordFields.cgroupKey(record, at));
        cgroup(RecordFields.childCgroupKey(record, at, length));
    }

    private void user(int uid) {
        if (uid != UNSET && users.add(uid)) {
            String name = facts.userName(uid);
            if (!name.isEmpty()) {
                Fact.USER.write(notes, uid, name);
                entries++;
            }
        }
    }

    private void cgroup(long key) {
        if (key != 0 && cgroups.add(key)) {
            String path = facts.cgroupPath(key);
            if (path != null) {
                Fact.CGROUP.write(notes, key, path);
                entries++;
                container(key, path.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void container(long key, byte[] path) {
        int at = CgroupPath.containerId(path, 0, path.length);
        if (at >= 0) {
            String id = new String(path, at, CgroupPath.ID_BYTES, StandardCharsets.US_ASCII);
            ContainerFacts container = facts.container(key, id);
            if (container != null) {
                Fact.CONTAINER.write(notes, key, FactsText.format(container));
                entries++;
            }
        }
    }

    /** Writes what was noted since the last time, in front of the records that need it. */
    void flush(ChunkWriter to) throws IOException {
        to.write(ChunkType.FACTS, entries, notes);
        entries = 0;
    }

    /** Whether as many notes are pending as one chunk should hold. */
    boolean full() {
        return notes.position() >= ChunkType.FULL_BYTES;
    }
}
