/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.json;

import java.io.EOFException;
import java.io.IOException;

/** The bytes under a {@link JsonScanner}: a text, or a stream through a buffer; and passing over values. One thread. */
abstract class JsonInput {
    /** Where more bytes come from. */
    @FunctionalInterface
    public interface Source {
        /** Reads at least one byte; −1 at the end. */
        int read(byte[] into, int offset, int length) throws IOException;
    }

    private static final Source NONE = (into, offset, length) -> -1;

    private final byte[] own;
    private Source source = NONE;

    /** Bytes from {@link #at} to {@link #limit} are to be read. */
    byte[] buffer;

    int at;
    int limit;

    JsonInput(int streamBytes) {
        own = new byte[streamBytes];
        buffer = own;
    }

    final void open(Source from) {
        buffer = own;
        source = from;
        at = 0;
        limit = 0;
    }

    final void open(byte[] text, int offset, int length) {
        buffer = text;
        source = NONE;
        at = offset;
        limit = offset + length;
    }

    /** The first byte of the next value, not taken. */
    public final int peek() throws IOException {
        while (true) {
            if (at == limit) {
                refill();
            }
            int c = buffer[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c;
            }
            at++;
        }
    }

    /** The stream has to end here. */
    public final void end() throws IOException {
        while (true) {
            for (; at < limit; at++) {
                if (buffer[at] > ' ') {
                    throw new IOException("something behind the end of the JSON");
                }
            }
            limit = source.read(buffer, 0, buffer.length);
            at = 0;
            if (limit < 0) {
                limit = 0;
                return;
            }
        }
    }

    final void skipString() throws IOException {
        while (true) {
            byte[] bytes = buffer;
            int end = limit;
            int i = at;
            while (i < end) {
                byte c = bytes[i++];
                if (c == '"') {
                    at = i;
                    return;
                }
                if (c == '\\') {
                    if (i == end) {
                        refill();
                        bytes = buffer;
                        end = limit;
                        i = at;
                    }
                    i++;
                }
            }
            at = i;
            refill();
        }
    }

    final void skipContainer() throws IOException {
        int depth = 0;
        do {
            if (at == limit) {
                refill();
            }
            switch (buffer[at++]) {
                case '"' -> skipString();
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
        } while (depth > 0);
    }

    final void skipLiteral() throws IOException {
        while (true) {
            for (; at < limit; at++) {
                byte c = buffer[at];
                if (c == ',' || c == '}' || c == ']' || c <= ' ') {
                    return;
                }
            }
            if (!tryRefill()) {
                return;
            }
        }
    }

    final void expect(char wanted) throws IOException {
        int c = peek();
        if (c != wanted) {
            throw malformed(c);
        }
        at++;
    }

    static IOException malformed(int c) {
        return new IOException("this is not the JSON that an API server writes, at the byte " + c);
    }

    final void refill() throws IOException {
        if (!tryRefill()) {
            throw new EOFException("the JSON ends before it is complete");
        }
    }

    /** Only called when everything is read: nothing of the buffer is needed any more. */
    final boolean tryRefill() throws IOException {
        int read = source == NONE ? -1 : source.read(buffer, 0, buffer.length);
        if (read <= 0) {
            return false;
        }
        at = 0;
        limit = read;
        return true;
    }
}
