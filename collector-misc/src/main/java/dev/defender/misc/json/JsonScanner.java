/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks through JSON without building anything. What is not wanted is passed over byte by byte; what is wanted is copied
 * as it stands. Reads either a whole text or a stream that it refills its buffer from. One thread; allocates only for
 * {@link #string()}.
 *
 * <p>It trusts that an API server's JSON is well-formed inside of what is passed over: brackets are counted, not matched.
 */
public final class JsonScanner extends JsonInput {
    private static final int MAX_KEY_BYTES = 1024;

    private final byte[] key = new byte[MAX_KEY_BYTES];
    private int keyLength;
    private boolean opened;

    /** @param streamBytes size of the buffer for streams */
    public JsonScanner(int streamBytes) {
        super(streamBytes);
    }

    /** Begins to read a stream. */
    public void stream(Source from) {
        open(from);
        opened = false;
    }

    /** Begins to read a text that is all there; it is not copied. */
    public void text(byte[] text, int offset, int length) {
        open(text, offset, length);
        opened = false;
    }

    /** Enters an object; {@link #nextMember} goes through it. */
    public void beginObject() throws IOException {
        expect('{');
        opened = true;
    }

    /** Enters an array; {@link #nextElement} goes through it. */
    public void beginArray() throws IOException {
        expect('[');
        opened = true;
    }

    /** Goes to the next member's value, whose name is then {@link #keyIs the key}; false behind the last. */
    public boolean nextMember() throws IOException {
        if (!next('}')) {
            return false;
        }
        readKey();
        expect(':');
        return true;
    }

    /** Goes to the next element; false behind the last. */
    public boolean nextElement() throws IOException {
        return next(']');
    }

    /** The last member's name as it stands between its quotation marks. Not to be kept. */
    public byte[] key() {
        return key;
    }

    public int keyLength() {
        return keyLength;
    }

    public boolean keyIs(byte[] name) {
        return keyLength == name.length && Arrays.equals(key, 0, keyLength, name, 0, name.length);
    }

    /** Passes over the next value. */
    public void skip() throws IOException {
        int c = peek();
        if (c == '"') {
            at++;
            skipString();
        } else if (c == '{' || c == '[') {
            skipContainer();
        } else {
            skipLiteral();
        }
        opened = false;
    }

    /** Copies the next value, which is no object or array, as it stands. */
    public void copyScalar(ByteSink sink) throws IOException {
        if (peek() == '"') {
            copyString(sink);
        } else {
            copyLiteral(sink);
        }
        opened = false;
    }

    /** The next value as text: of a string what it says, of anything else that is no object or array as it stands. */
    public String string() throws IOException {
        ByteSink text = new ByteSink(64, 4096);
        copyScalar(text);
        if (text.overflowed()) {
            throw new IOException("a name of more than 4096 bytes");
        }
        String raw = new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8);
        return raw.startsWith("\"") ? JsonText.unquote(raw) : raw;
    }

    private boolean next(char close) throws IOException {
        int c = peek();
        if (c == close) {
            at++;
            opened = false;
            return false;
        }
        if (!opened) {
            if (c != ',') {
                throw malformed(c);
            }
            at++;
            peek();
        }
        opened = false;
        return true;
    }

    private void readKey() throws IOException {
        expect('"');
        int length = 0;
        while (true) {
            if (at == limit) {
                refill();
            }
            byte c = buffer[at++];
            if (c == '"') {
                break;
            }
            if (length < MAX_KEY_BYTES) {
                key[length] = c;
            }
            length++;
            if (c == '\\') {
                if (at == limit) {
                    refill();
                }
                if (length < MAX_KEY_BYTES) {
                    key[length] = buffer[at];
                }
                at++;
                length++;
            }
        }
        // A name that long is nobody's whom we look for.
        keyLength = length <= MAX_KEY_BYTES ? length : 0;
    }

    private void copyString(ByteSink sink) throws IOException {
        sink.put(buffer[at++]);
        while (true) {
            int from = at;
            int i = at;
            boolean escaped = false;
            while (i < limit && buffer[i] != '"') {
                if (buffer[i] == '\\') {
                    escaped = true;
                    break;
                }
                i++;
            }
            sink.put(buffer, from, i - from);
            at = i;
            if (at == limit) {
                refill();
            } else if (escaped) {
                sink.put(buffer[at++]);
                if (at == limit) {
                    refill();
                }
                sink.put(buffer[at++]);
            } else {
                sink.put(buffer[at++]);
                return;
            }
        }
    }

    private void copyLiteral(ByteSink sink) throws IOException {
        while (true) {
            for (; at < limit; at++) {
                byte c = buffer[at];
                if (c == ',' || c == '}' || c == ']' || c <= ' ') {
                    return;
                }
                sink.put(c);
            }
            if (!tryRefill()) {
                return;
            }
        }
    }
}
