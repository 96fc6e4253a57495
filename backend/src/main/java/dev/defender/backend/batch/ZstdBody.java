/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.batch;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Decompresses a request body, bounded in output and window whatever the frame claims. */
public final class ZstdBody {
    private ZstdBody() {}

    /** Bytes that decompressing {@code compressed} may take: output and window. Reads the frame header only. */
    public static long bytesNeeded(byte[] compressed, int length) throws OversizedBatchException {
        long claimed = claimed(compressed, length);
        if (claimed > BatchLimits.UNCOMPRESSED_BYTES) {
            throw tooLarge();
        }
        return 2L * outputBytes(claimed);
    }

    /**
     * Decompresses the first {@code length} bytes of {@code compressed}.
     *
     * @throws BadBatchException when they are no complete zstd data, or need a larger window than a batch can
     * @throws OversizedBatchException when more than {@link BatchLimits#UNCOMPRESSED_BYTES} come out
     */
    public static Plain decompress(byte[] compressed, int length) throws BadBatchException, OversizedBatchException {
        // One byte more than allowed, so that "too much" can be told from "exactly full".
        byte[] output = new byte[outputBytes(claimed(compressed, length)) + 1];
        int at = 0;
        try (ZstdInputStreamNoFinalizer stream =
                new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(compressed, 0, length))) {
            stream.setLongMax(BatchLimits.ZSTD_WINDOW_LOG);
            int read;
            while (at < output.length && (read = stream.read(output, at, output.length - at)) > 0) {
                at += read;
            }
        } catch (IOException | ZstdException e) {
            throw new BadBatchException(
                    "the body is no zstd data after byte " + at + " of its output: " + e.getMessage());
        }
        if (at == output.length) {
            if (output.length > BatchLimits.UNCOMPRESSED_BYTES) {
                throw tooLarge();
            }
            throw new BadBatchException("the zstd frame gives more than the " + (at - 1) + " bytes that it claims");
        }
        return new Plain(output, at);
    }

    /** What the frame header says of the output's size; 0 or less = nothing. */
    private static long claimed(byte[] compressed, int length) {
        return length == 0 ? 0 : Zstd.getFrameContentSize(compressed, 0, length);
    }

    private static int outputBytes(long claimed) {
        boolean known = claimed > 0 && claimed <= BatchLimits.UNCOMPRESSED_BYTES;
        return known ? (int) claimed : BatchLimits.UNCOMPRESSED_BYTES;
    }

    private static OversizedBatchException tooLarge() {
        return new OversizedBatchException(
                "the batch is larger than " + BatchLimits.UNCOMPRESSED_BYTES + " bytes when decompressed");
    }

    /** @param length how many bytes of {@code bytes} are the batch */
    public record Plain(byte[] bytes, int length) {}
}
