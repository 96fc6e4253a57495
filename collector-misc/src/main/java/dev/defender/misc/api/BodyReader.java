/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.api;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Takes HTTP/1.1 answers apart as their bytes come: head, then a body in chunks or of a known length. One thread. */
final class BodyReader {
    private static final int RAW_BYTES = 16 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int HEX = 16;

    /** Where the bytes come from. */
    interface Wire {
        /** Reads some bytes; 0 only if not to wait and none is there, −1 at the end. */
        int read(ByteBuffer into, boolean wait) throws IOException;
    }

    private enum State {
        /** {@code left} bytes of the body, or of a chunk, are to come. */
        DATA,
        /** The line end behind a chunk. */
        CHUNK_END,
        CHUNK_SIZE,
        TRAILER,
        DONE
    }

    private final Wire wire;
    private final ByteBuffer raw = ByteBuffer.allocate(RAW_BYTES).limit(0);
    private final StringBuilder line = new StringBuilder();
    private State state = State.DONE;
    private boolean chunked;
    private long left;

    BodyReader(Wire wire) {
        this.wire = wire;
    }

    /** Waits for the head of the next answer. */
    Head head() throws IOException {
        while (true) {
            int status = status(waitForLine());
            long length = -1;
            boolean chunks = false;
            boolean keepAlive = true;
            int retryAfter = 0;
            int headers = 0;
            for (String header = waitForLine(); !header.isEmpty(); header = waitForLine()) {
                int colon = header.indexOf(':');
                if (colon < 1 || ++headers > MAX_HEADERS) {
                    throw new IOException("the API server sent a header that is none, or more than " + MAX_HEADERS);
                }
                String value = header.substring(colon + 1).strip();
                switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                    case "content-length" -> length = number(value, 10);
                    case "transfer-encoding" -> chunks = value.equalsIgnoreCase("chunked");
                    case "connection" -> keepAlive = !value.equalsIgnoreCase("close");
                    case "retry-after" -> retryAfter = seconds(value);
                    default -> {}
                }
            }
            if (status >= 200) {
                begin(chunks, length);
                return new Head(status, chunks ? -1 : length, keepAlive, retryAfter);
            }
        }
    }

    private void begin(boolean chunks, long length) throws IOException {
        chunked = chunks;
        if (!chunks && length < 0) {
            throw new IOException("the API server's answer has neither a length nor chunks");
        }
        left = Math.max(0, length);
        state = chunks ? State.CHUNK_SIZE : left == 0 ? State.DONE : State.DATA;
    }

    /**
     * Reads of the body.
     *
     * @return bytes read; 0 only if not to wait and none is there; −1 at the end of the body
     * @throws EOFException if the connection ends before the body does
     */
    int read(byte[] into, int offset, int length, boolean wait) throws IOException {
        while (state != State.DONE) {
            if (state == State.DATA) {
                if (!available(wait)) {
                    return 0;
                }
                int count = (int) Math.min(Math.min(left, length), raw.remaining());
                raw.get(into, offset, count);
                left -= count;
                if (left == 0) {
                    state = chunked ? State.CHUNK_END : State.DONE;
                }
                return count;
            }
            if (!takeLine(wait)) {
                return 0;
            }
            afterLine();
        }
        return -1;
    }

    private void afterLine() throws IOException {
        String text = line.toString();
        line.setLength(0);
        switch (state) {
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case CHUNK_SIZE -> {
                int end = text.indexOf(';');
                left = number((end < 0 ? text : text.substring(0, end)).strip(), HEX);
                state = left == 0 ? State.TRAILER : State.DATA;
            }
            case TRAILER -> state = text.isEmpty() ? State.DONE : State.TRAILER;
            default -> throw new IllegalStateException(state.name());
        }
    }

    private String waitForLine() throws IOException {
        takeLine(true);
        String text = line.toString();
        line.setLength(0);
        return text;
    }

    /** Gathers a line without its end; false if it is not there yet. */
    private boolean takeLine(boolean wait) throws IOException {
        while (available(wait)) {
            byte b = raw.get();
            if (b == '\n') {
                int last = line.length() - 1;
                if (last >= 0 && line.charAt(last) == '\r') {
                    line.setLength(last);
                }
                return true;
            }
            if (line.length() == MAX_LINE_BYTES) {
                throw new IOException("the API server sent a line of more than " + MAX_LINE_BYTES + " bytes");
            }
            line.append((char) (b & 0xFF));
        }
        return false;
    }

    private boolean available(boolean wait) throws IOException {
        if (raw.hasRemaining()) {
            return true;
        }
        raw.clear();
        int read = wire.read(raw, wait);
        raw.flip();
        if (read < 0) {
            throw new EOFException("the API server ended the connection before its answer did");
        }
        return read > 0;
    }

    private static int status(String text) throws IOException {
        if (text.startsWith("HTTP/1.") && text.length() >= 12) {
            return (int) number(text.substring(9, 12), 10);
        }
        String shown = text.length() > 60 ? text.substring(0, 60) : text;
        throw new IOException("the API server does not speak HTTP/1.1: it says \"" + shown + "\"");
    }

    private static long number(String text, int radix) throws IOException {
        try {
            long value = Long.parseLong(text, radix);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IOException("the API server's answer has \"" + text + "\" where a number belongs", e);
        }
        throw new IOException("the API server's answer has a negative length");
    }

    /** A date instead of seconds is as good as nothing said: the caller has a delay of its own. */
    private static int seconds(String value) {
        try {
            return Math.clamp(Long.parseLong(value), 0, 3600);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Puts bytes aside that are read but belong to the body; for messages. */
    static String text(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
