/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes rows in PostgreSQL's binary COPY format: big-endian, each field behind its length, −1 = NULL. */
final class CopyBuffer {
    /** Signature, flags and header extension: what a binary COPY starts with. */
    static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    static final byte[] TRAILER = {(byte) 0xFF, (byte) 0xFF};

    /** Microseconds from the Unix epoch to PostgreSQL's, 2000-01-01. */
    private static final long EPOCH_MICROS = 946_684_800L * 1_000_000L;

    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 3;

    private byte[] bytes;
    private int length;

    CopyBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void startRow(int fields) {
        raw16(fields);
    }

    void int8(long value) {
        raw32(8);
        raw64(value);
    }

    void int4(int value) {
        raw32(4);
        raw32(value);
    }

    void int2(int value) {
        raw32(2);
        raw16(value);
    }

    void timestamp(long micros) {
        int8(micros - EPOCH_MICROS);
    }

    void nothing() {
        raw32(-1);
    }

    /** NULL when {@code value} is null or empty. PostgreSQL's text cannot hold NUL, which becomes U+FFFD. */
    void text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            nothing();
            return;
        }
        byte[] utf8 = withoutNul(value).getBytes(StandardCharsets.UTF_8);
        raw32(utf8.length);
        raw(utf8, 0, utf8.length);
    }

    static String withoutNul(String value) {
        return value.indexOf('\0') < 0 ? value : value.replace('\0', '\uFFFD');
    }

    /** NULL unless {@code address} has the 4 or 16 bytes of an address. */
    void inet(byte @Nullable [] address) {
        if (address == null || address.length != 4 && address.length != 16) {
            nothing();
            return;
        }
        raw32(4 + address.length);
        ensure(4);
        bytes[length++] = address.length == 4 ? AF_INET : AF_INET6;
        bytes[length++] = (byte) (8 * address.length);
        bytes[length++] = 0;
        bytes[length++] = (byte) address.length;
        raw(address, 0, address.length);
    }

    void bytea(byte[] source, int offset, int count) {
        raw32(count);
        raw(source, offset, count);
    }

    /** Overwrites the value of an eight-byte field that stands {@code offset} bytes into the buffer. */
    void patch64(int offset, long value) {
        for (int i = 0; i < 8; i++) {
            bytes[offset + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    private void raw16(int value) {
        ensure(2);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    private void raw32(int value) {
        ensure(4);
        bytes[length++] = (byte) (value >>> 24);
        bytes[length++] = (byte) (value >>> 16);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    private void raw64(long value) {
        ensure(8);
        patch64(length, value);
        length += 8;
    }

    private void raw(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
