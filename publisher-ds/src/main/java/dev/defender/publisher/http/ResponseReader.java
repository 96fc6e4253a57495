/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads HTTP/1.1 responses off a connection, bounded in every direction. One thread. */
final class ResponseReader {
    static final int MAX_BODY_BYTES = 64 * 1024;
    private static final int MAX_LINE_BYTES = 8 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int NO_CONTENT = 204;
    private static final int INFORMATIONAL_END = 200;

    /** Reads at least one byte into the buffer; −1 at the end of the stream. */
    interface Source {
        int read(ByteBuffer into) throws IOException;
    }

    private final Source source;
    private final ByteBuffer buffer = ByteBuffer.allocate(4096).limit(0);

    ResponseReader(Source source) {
        this.source = source;
    }

    /** The next response that is final; interim ones (100 and the like) are passed over. */
    Response read() throws IOException {
        while (true) {
            int status = status(line());
            Map<String, String> headers = headers();
            if (status >= INFORMATIONAL_END) {
                return new Response(status, headers, body(status, headers));
            }
        }
    }

    /** Status and headers of the answer to CONNECT, which has no body. */
    int readConnect() throws IOException {
        int status = status(line());
        headers();
        return status;
    }

    private static int status(String line) throws IOException {
        // "HTTP/1.1 202 Accepted"
        if (line.startsWith("HTTP/1.") && line.length() >= 12) {
            try {
                return Integer.parseInt(line, 9, 12, 10);
            } catch (NumberFormatException e) {
                throw new IOException("the server's status line has no number: \"" + shown(line) + "\"", e);
            }
        }
        throw new IOException("the server does not speak HTTP/1.1: it says \"" + shown(line) + "\"");
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() >= MAX_HEADERS) {
                throw new IOException("the server sent a header that is none, or more than " + MAX_HEADERS);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim());
        }
        return headers;
    }

    private byte[] body(int status, Map<String, String> headers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            while (true) {
                String size = line();
                int end = size.indexOf(';');
                int length = length((end < 0 ? size : size.substring(0, end)).trim(), 16);
                if (length == 0) {
                    headers();
                    return body.toByteArray();
                }
                copy(body, length);
                line();
            }
        }
        String length = headers.get("content-length");
        if (length != null) {
            copy(body, length(length, 10));
        } else if (status != NO_CONTENT) {
            throw new IOException("the server's answer has neither Content-Length nor chunks");
        }
        return body.toByteArray();
    }

    private static int length(String text, int radix) throws IOException {
        try {
            int length = Integer.parseInt(text, radix);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            throw new IOException("the server's answer has the length \"" + shown(text) + "\"", e);
        }
        throw new IOException("the server's answer has a negative length");
    }

    private void copy(ByteArrayOutputStream body, int length) throws IOException {
        if (body.size() + (long) length > MAX_BODY_BYTES) {
            throw new IOException("the server's answer is longer than " + MAX_BODY_BYTES + " bytes");
        }
        for (int i = 0; i < length; i++) {
            body.write(next());
        }
    }

    private String line() throws IOException {
        byte[] bytes = new byte[MAX_LINE_BYTES];
        int length = 0;
        for (byte b = next(); b != '\n'; b = next()) {
            if (length == bytes.length) {
                throw new IOException("the server sent a line of more than " + MAX_LINE_BYTES + " bytes");
            }
            bytes[length++] = b;
        }
        return new String(
                bytes, 0, length > 0 && bytes[length - 1] == '\r' ? length - 1 : length, StandardCharsets.UTF_8);
    }

    private byte next() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear();
            int read = source.read(buffer);
            buffer.flip();
            if (read < 0) {
                throw new EOFException("the server ended the connection before its answer did");
            }
        }
        return buffer.get();
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) : text;
    }
}
