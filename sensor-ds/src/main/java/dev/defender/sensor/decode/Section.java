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
        // In one piece and then turned in place: single bytes of a mapped buffer are dear where only the C1 compiler
        // runs.
        buffer.get(from, to, at, length);
        int end = at + length;
        reverse(to, at, end);
        int name = at;
        for (int i = at; i <= end; i++) {
            if (i == end || to[i] == 0) {
                reverse(to, name, i);
                if (i < end) {
                    to[i] = '/';
                }
                name = i + 1;
            }
        }
        return truncated ? withoutSlash(to, at, end) : length;
    }

    private static int withoutSlash(byte[] to, int at, int end) {
        int from = at;
        while (from < end && to[from] == '/') {
            from++;
        }
        System.arraycopy(to, from, to, at, end - from);
        return end - from;
    }

    private static void reverse(byte[] bytes, int from, int end) {
        for (int i = from, j = end - 1; i < j; i++, j--) {
            byte b = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = b;
        }
    }
}
