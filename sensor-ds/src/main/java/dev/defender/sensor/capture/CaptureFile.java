/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import dev.defender.sensor.ring.HostFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A capture file, read through once: what it is, every fact in it, and how far it is good.
 *
 * @param hash of its good part, 16 hexadecimal digits
 * @param records ring records in its good part
 * @param ringLost records that the kernel lost while it was made; −1 if the recording did not end in order
 * @param damage one sentence about what is wrong with it; null if nothing is
 */
record CaptureFile(
        CaptureHeader header,
        HostFacts facts,
        String hash,
        long records,
        long ringLost,
        @Nullable String damage) {
    private static final int SUPPORTED_ABI = 1;
    private static final int HASH_DIGITS = 16;

    /** @throws CaptureException if there is no good part */
    static CaptureFile scan(Path path) throws IOException {
        try (ChunkReader chunks = new ChunkReader(path)) {
            if (!chunks.next() || !chunks.is(ChunkType.HEADER)) {
                String damage = chunks.damage();
                throw new CaptureException(damage == null ? path + " is a capture without a header" : damage);
            }
            CaptureHeader header = CaptureHeader.parse(path, Recorder.text(chunks.payload()), SUPPORTED_ABI);
            return scan(path, chunks, header);
        }
    }

    private static CaptureFile scan(Path path, ChunkReader chunks, CaptureHeader header) throws IOException {
        Long2ObjectHashMap<String> users = new Long2ObjectHashMap<>();
        Long2ObjectHashMap<String> cgroups = new Long2ObjectHashMap<>();
        Long2ObjectHashMap<String> containers = new Long2ObjectHashMap<>();
        long records = 0;
        long ringLost = -1;
        while (chunks.next()) {
            if (chunks.is(ChunkType.RECORDS)) {
                records += chunks.entries();
            } else if (chunks.is(ChunkType.FACTS)) {
                Fact.USER.readInto(chunks.payload(), users);
                Fact.CGROUP.readInto(chunks.payload(), cgroups);
                Fact.CONTAINER.readInto(chunks.payload(), containers);
            } else if (chunks.is(ChunkType.END)) {
                ByteBuffer end = chunks.payload();
                ringLost = end.remaining() >= 2 * Long.BYTES ? end.getLong(Long.BYTES) : -1;
            }
        }
        String damage = chunks.damage();
        if (damage == null && ringLost < 0) {
            damage = path + " has no last chunk: the recording was broken off, its last records may be missing";
        }
        String hash = HexFormat.of().formatHex(chunks.hash()).substring(0, HASH_DIGITS);
        HostFacts facts = new CaptureFacts(header, users, cgroups, containers);
        return new CaptureFile(header, facts, hash, records, ringLost, damage);
    }
}
