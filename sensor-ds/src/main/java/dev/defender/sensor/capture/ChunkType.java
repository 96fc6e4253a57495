/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

/**
 * Kinds of chunks of a capture file.
 *
 * <p>File: the eight bytes {@code DFCAPTUR}, then chunks to the end. Chunk: u32 type, u32 length of the payload, u32 number
 * of entries, u32 CRC32C of those twelve bytes and the payload, payload. All little-endian. A reader passes over types that
 * it does not know.
 */
enum ChunkType {
    /** {@link CaptureHeader}: the first chunk. */
    HEADER(1),
    /** Ring records of type TASK: the processes that were there. Entry: u32 length, record. */
    TASKS(2),
    /** Ring records as the ring delivered them. Entry as in TASKS. */
    RECORDS(3),
    /** {@link Fact}s that the records need. */
    FACTS(4),
    /** Pairs u64 CLOCK_BOOTTIME, u64 CLOCK_REALTIME, ns. */
    CLOCKS(5),
    /** The recording ended in order. u64 records written, u64 records that the kernel lost meanwhile (no room in the ring). */
    END(6);

    static final byte[] MAGIC = "DFCAPTUR".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    static final int HEAD_BYTES = 16;

    /** Payload at which a writer begins the next chunk; a payload is never longer than this and one record. */
    static final int FULL_BYTES = 64 * 1024;

    static final int MAX_PAYLOAD_BYTES = 256 * 1024;

    private final int number;

    ChunkType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
