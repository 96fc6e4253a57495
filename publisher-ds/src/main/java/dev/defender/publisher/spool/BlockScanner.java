/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Walks the blocks of one segment through a small window; a damaged stretch is skipped up to the next intact header.
 * One thread. The channel stays the caller's.
 */
final class BlockScanner {
    enum Found {
        BLOCK,
        DAMAGED,
        END
    }

    private final ByteBuffer window =
            ByteBuffer.allocateDirect(Block.MAX_BYTES + Block.MAX_BYTES / 2).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private @Nullable FileChannel channel;
    private int salt;
    private long limit;
    private long windowStart;
    private long start;
    private long end;

    /** Begins at {@code from}, which must be the beginning of a block, and reads nothing at or past {@code limit}. */
    void open(FileChannel segment, int segmentSalt, long from, long readLimit) {
        channel = segment;
        salt = segmentSalt;
        limit = readLimit;
        windowStart = from;
        window.clear().limit(0);
        start = from;
        end = from;
    }

    void extend(long readLimit) {
        limit = Math.max(limit, readLimit);
    }

    Found next() throws IOException {
        start = end;
        if (start >= limit) {
            return Found.END;
        }
        if (!blockAt(start)) {
            end = findHeader(start + 1);
            return Found.DAMAGED;
        }
        end = start + Block.length(window, index(start));
        return Found.BLOCK;
    }

    /** File offset of the block, or of the damaged stretch, that {@link #next} found. */
    long start() {
        return start;
    }

    /** File offset of what follows it. */
    long end() {
        return end;
    }

    /** Holds the whole block at {@link #at()} until the next call of {@link #next}. */
    ByteBuffer window() {
        return window;
    }

    /** Index of the block's header in {@link #window()}. */
    int at() {
        return index(start);
    }

    private boolean blockAt(long offset) throws IOException {
        if (!headerAt(offset)) {
            return false;
        }
        int length = Block.length(window, index(offset));
        return limit - offset >= length && ensure(offset, length);
    }

    private boolean headerAt(long offset) throws IOException {
        return limit - offset >= Block.HEADER_BYTES
                && ensure(offset, Block.HEADER_BYTES)
                && Block.headerIntact(window, index(offset), salt, crc);
    }

    private long findHeader(long from) throws IOException {
        for (long offset = from; limit - offset >= Block.HEADER_BYTES; offset++) {
            if (!ensure(offset, Block.HEADER_BYTES)) {
                break;
            }
            if (window.getInt(index(offset)) == Block.MAGIC && blockAt(offset)) {
                return offset;
            }
        }
        return limit;
    }

    private int index(long offset) {
        return (int) (offset - windowStart);
    }

    /** Brings {@code length} bytes from {@code offset} into the window; false where the file ends before. */
    private boolean ensure(long offset, int length) throws IOException {
        if (offset + length <= windowStart + window.limit()) {
            return true;
        }
        if (offset > windowStart + window.limit()) {
            window.clear();
        } else {
            window.position(index(offset)).compact();
        }
        windowStart = offset;
        window.limit((int) Math.min(window.capacity(), limit - windowStart));
        FileChannel from = channel;
        while (from != null && window.hasRemaining()) {
            if (from.read(window, windowStart + window.position()) < 0) {
                break;
            }
        }
        window.flip();
        return window.limit() >= length;
    }
}
