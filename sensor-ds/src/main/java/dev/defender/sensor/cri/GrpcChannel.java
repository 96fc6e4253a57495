/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.cri;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Unary calls of gRPC on a unix socket, one after the other, with small requests. As much of HTTP/2 as that takes: the answer's
 * headers are never looked at, because an answer is a message or it is none, so their compression needs no decoding.
 */
final class GrpcChannel implements AutoCloseable {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GO_AWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int MESSAGE_HEAD_BYTES = 5;

    /** Of one answer; what a runtime tells of one container is some kilobytes. */
    private static final int MOST_ANSWER_BYTES = 1 << 20;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** SETTINGS_ENABLE_PUSH 0, SETTINGS_INITIAL_WINDOW_SIZE 1 MiB. */
    private static final byte[] OUR_SETTINGS = {0, 2, 0, 0, 0, 0, 0, 4, 0, 0x10, 0, 0};

    private static final byte[] MEBIBYTE = {0, 0x10, 0, 0};

    private final SocketFrames frames;
    private int stream = -1;

    private GrpcChannel(SocketFrames frames) {
        this.frames = frames;
    }

    /** @param millis for the connection and all its calls */
    static GrpcChannel connect(Path socket, int millis) throws IOException {
        SocketFrames frames = SocketFrames.connect(socket, millis);
        try {
            frames.write(PREFACE);
            frames.write(SETTINGS, 0, 0, OUR_SETTINGS);
            frames.write(WINDOW_UPDATE, 0, 0, MEBIBYTE);
            return new GrpcChannel(frames);
        } catch (IOException failed) {
            frames.close();
            throw failed;
        }
    }

    /**
     * Calls and waits.
     *
     * @param method {@code /package.Service/Method}
     * @return the answer's message
     * @throws IOException if there is none
     */
    byte[] call(String method, byte[] request) throws IOException {
        stream += 2;
        frames.write(HEADERS, END_HEADERS, stream, headers(method));
        ByteBuffer message = ByteBuffer.allocate(MESSAGE_HEAD_BYTES + request.length);
        message.put((byte) 0).putInt(request.length).put(request);
        frames.write(DATA, END_STREAM, stream, message.array());
        byte[] answer = answer();
        if (answer.length < MESSAGE_HEAD_BYTES || answer[0] != 0) {
            throw new IOException(method + " gave no answer");
        }
        int length = ByteBuffer.wrap(answer).getInt(1);
        if (length < 0 || length > answer.length - MESSAGE_HEAD_BYTES) {
            throw new IOException(method + " gave half an answer");
        }
        return java.util.Arrays.copyOfRange(answer, MESSAGE_HEAD_BYTES, MESSAGE_HEAD_BYTES + length);
    }

    private byte[] answer() throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        while (true) {
            SocketFrames.Frame frame = frames.read();
            boolean ours = frame.stream() == stream;
            switch (frame.type()) {
                case SETTINGS -> acknowledge(frame, new byte[0]);
                case PING -> acknowledge(frame, frame.payload());
                case GO_AWAY -> throw new IOException("the runtime ended the connection");
                case RESET -> {
                    if (ours) {
                        throw new IOException("the runtime ended the call");
                    }
                }
                case DATA -> {
                    if (ours) {
                        append(frame, data);
                    }
                }
                default -> {} // HEADERS, CONTINUATION, WINDOW_UPDATE and what HTTP/2 may have besides
            }
            boolean last = frame.has(END_STREAM) && (frame.type() == DATA || frame.type() == HEADERS);
            if (ours && last) {
                if (frame.type() == HEADERS && !frame.has(END_HEADERS)) {
                    passContinuations();
                }
                return data.toByteArray();
            }
        }
    }

    private void passContinuations() throws IOException {
        SocketFrames.Frame next = frames.read();
        while (next.type() == CONTINUATION && !next.has(END_HEADERS)) {
            next = frames.read();
        }
    }

    private void acknowledge(SocketFrames.Frame frame, byte[] payload) throws IOException {
        if (!frame.has(ACK)) {
            frames.write(frame.type(), ACK, 0, payload);
        }
    }

    private static void append(SocketFrames.Frame frame, ByteArrayOutputStream data) throws IOException {
        byte[] payload = frame.payload();
        int padding = frame.has(PADDED) && payload.length > 0 ? payload[0] & 0xFF : 0;
        int start = frame.has(PADDED) ? 1 : 0;
        int length = payload.length - start - padding;
        if (length < 0 || data.size() + length > MOST_ANSWER_BYTES) {
            throw new IOException("an answer of impossible length");
        }
        data.write(payload, start, length);
    }

    /** HPACK (RFC 7541): entries of the static table by number, everything else literally and not indexed. */
    private static byte[] headers(String path) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x83); // :method POST
        out.write(0x86); // :scheme http
        out.write(0x04); // :path
        text(out, path);
        out.write(0x01); // :authority
        text(out, "localhost");
        out.write(0x0F); // content-type, number 31 in the static table
        out.write(31 - 15);
        text(out, "application/grpc");
        out.write(0x00);
        text(out, "te");
        text(out, "trailers");
        return out.toByteArray();
    }

    /** All are shorter than 127 bytes, where a second byte of length would begin. */
    private static void text(ByteArrayOutputStream out, String value) {
        out.write(value.length());
        out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
