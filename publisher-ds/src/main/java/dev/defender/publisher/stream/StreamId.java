/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.stream;

import org.jspecify.annotations.Nullable;

/**
 * One run of one producer on this node; a sequence number means something within a stream and a lane only.
 *
 * @param producer "sensor", "misc", "publisher", "replay:…"
 * @param bootId the kernel's boot id
 * @param epoch CLOCK_BOOTTIME ns when the producer started; grows within a boot
 */
public record StreamId(String producer, String bootId, long epoch) {
    /** Bytes of UTF-8 that a producer name or a boot id may have. */
    public static final int MAX_NAME_BYTES = 255;

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Same producer in the same boot, whatever the epoch. */
    public boolean sameProducerAndBoot(StreamId other) {
        return producer.equals(other.producer) && bootId.equals(other.bootId);
    }

    /** FNV-1a over the three parts: names the stream in a spool block without repeating its strings. */
    public long key() {
        long hash = mix(mix(FNV_OFFSET, producer), bootId);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            hash = (hash ^ (epoch >>> shift & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }

    // Written out: the generated ones are linked at run time, which a cold start in 60m pays for.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StreamId that && epoch == that.epoch && sameProducerAndBoot(that);
    }

    @Override
    public int hashCode() {
        return 31 * producer.hashCode() + Long.hashCode(epoch);
    }

    @Override
    public String toString() {
        return producer + "@" + epoch;
    }

    private static long mix(long seed, String text) {
        long hash = seed;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return (hash ^ 0xFF) * FNV_PRIME;
    }
}
