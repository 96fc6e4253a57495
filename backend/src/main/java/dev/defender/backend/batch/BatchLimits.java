/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.batch;

import dev.defender.protocol.wire.Batch;

/** Bounds of one batch. Publishers keep them; whoever does not is refused before memory is given to it. */
public final class BatchLimits {
    /** Most bytes of a request body, compressed. */
    public static final int COMPRESSED_BYTES = 2 << 20;

    /** Most bytes of a batch, uncompressed. */
    public static final int UNCOMPRESSED_BYTES = Batch.MAX_BYTES;

    /** Most records of a batch. */
    public static final int RECORDS = Batch.MAX_RECORDS;

    /** Largest zstd window, as a power of two: what one batch at its largest needs, and no more. */
    public static final int ZSTD_WINDOW_LOG = 22;

    private BatchLimits() {}
}
