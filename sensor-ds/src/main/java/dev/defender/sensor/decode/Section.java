/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

import java.nio.ByteBuffer;

/** Variable parts of a record: text copied as it is, and paths turned from leaf-first names into what a person reads. */
final class Section {
    /** Most bytes of one section (ARGS_BYTES, PATH_BYTES of event.h). */
    static final int MAX_BYTES = 4096;

    private Section() {}

    static int copyText(ByteBuffer buffer, int from, int length, byte[] to, int at) {
        buffer.get(from, to, at, length);
        return length;
    }

    /**
     * Copies a path section root first, {@code /a/b}. A truncated one has no leading slash, so that no prefix matches it by
     * mistake.
     *
     * @return bytes written: at most the section's length, 1 for the root
     */
    static int copyPath(ByteBuffer buffer, int from, int length, boolean truncated, byte[] to, int at) {
        if (length == 0) {
            to[at] = '/';
            return 1;
        }
        int out = at;
        int end = from + length - 1;
        while (end >= from) {
            int start = end;
            while (start > from && buffer.get(start - 1) != 0) {
                start--;
            }
            if (out > at || !truncated) {
                to[out++] = '/';
            }
            buffer.get(start, to, out, end - start);
            out += end - start;
            end = start - 1;
        }
        return out - at;
    }
}
