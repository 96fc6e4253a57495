/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import dev.defender.misc.api.ApiConnection;
import dev.defender.misc.api.Head;
import dev.defender.misc.json.JsonScanner;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One open watch: gathers lines as they come and hands each whole event to its collection. Collector thread. */
public final class Watch implements AutoCloseable {
    private static final int USUAL_LINE_BYTES = 16 * 1024;

    /** An object has at most 1.5 MiB in etcd; its event as JSON may be somewhat longer. */
    private static final int MAX_LINE_BYTES = 4 * 1024 * 1024;

    private static final byte[] TYPE = utf8("type");
    private static final byte[] OBJECT = utf8("object");
    private static final byte[] METADATA = utf8("metadata");
    private static final byte[] RESOURCE_VERSION = utf8("resourceVersion");
    private static final byte[] CODE = utf8("code");

    /** How a round of reading ended. */
    public enum State {
        /** More may come. */
        OPEN,
        /** The server ended it in order; it can be opened again where it ended. */
        ENDED,
        /** What lies between is no longer known to the server: only a list helps. */
        EXPIRED
    }

    private final Collection collection;
    private final ApiConnection connection;
    private final JsonScanner scanner;
    private final @Nullable SelectionKey key;
    private byte[] line = new byte[USUAL_LINE_BYTES];
    private int length;
    private String resourceVersion;

    private Watch(
            Collection collection,
            ApiConnection connection,
            JsonScanner scanner,
            @Nullable SelectionKey key,
            String resourceVersion) {
        this.collection = collection;
        this.connection = connection;
        this.scanner = scanner;
        this.key = key;
        this.resourceVersion = resourceVersion;
    }

    /**
     * Opens a watch that goes on behind {@code resourceVersion}.
     *
     * @param connection used up by the watch; the caller's to close if this throws
     * @param attachment for the selector's key
     * @param seconds after which the server shall end it
     */
    static Watch open(
            ApiConnection connection,
            Collection collection,
            JsonScanner scanner,
            String resourceVersion,
            int seconds,
            Selector selector,
            Object attachment)
            throws IOException, Unlisted {
        Head head = connection.get(collection.resource().path() + "?watch=1&allowWatchBookmarks=true&resourceVersion="
                + resourceVersion + "&timeoutSeconds=" + seconds);
        if (head.status() != 200) {
            throw new Unlisted(head.status(), head.retryAfterSeconds(), connection.finish());
        }
        SelectionKey key = connection.watch(selector, attachment);
        return new Watch(collection, connection, scanner, key, resourceVersion);
    }

    /** Where it stands. */
    public String resourceVersion() {
        return resourceVersion;
    }

    /** Takes what has come. */
    public State read() throws IOException {
        while (true) {
            if (length == line.length) {
                if (length >= MAX_LINE_BYTES) {
                    throw new IOException("an event of more than " + MAX_LINE_BYTES + " bytes");
                }
                line = Arrays.copyOf(line, 2 * length);
            }
            int read = connection.readNow(line, length, line.length - length);
            if (read < 0) {
                return State.ENDED;
            }
            if (read == 0) {
                return State.OPEN;
            }
            int from = length;
            length += read;
            if (!takeLines(from)) {
                return State.EXPIRED;
            }
        }
    }

    /** Handles every whole line; {@code unseen} is where bytes begin that no line end was looked for in. */
    private boolean takeLines(int unseen) throws IOException {
        int start = 0;
        for (int i = unseen; i < length; i++) {
            if (line[i] == '\n') {
                if (i > start && !event(start, i - start)) {
                    return false;
                }
                start = i + 1;
            }
        }
        if (start > 0) {
            length -= start;
            if (line.length > USUAL_LINE_BYTES && length <= USUAL_LINE_BYTES) {
                line = Arrays.copyOfRange(line, start, start + USUAL_LINE_BYTES);
            } else {
                System.arraycopy(line, start, line, 0, length);
            }
        }
        return true;
    }

    /** {@code {"type":"MODIFIED","object":{…}}}; false if the watch is of no more use. */
    private boolean event(int offset, int bytes) throws IOException {
        scanner.text(line, offset, bytes);
        scanner.beginObject();
        String type = "";
        while (scanner.nextMember()) {
            if (scanner.keyIs(TYPE)) {
                type = scanner.string();
            } else if (scanner.keyIs(OBJECT)) {
                switch (type) {
                    case "ADDED", "MODIFIED" -> resourceVersion = collection.changed(scanner, false);
                    case "DELETED" -> resourceVersion = collection.changed(scanner, true);
                    case "BOOKMARK" -> bookmark();
                    case "ERROR" -> {
                        return error();
                    }
                    default -> throw new IOException("a watch event of the type \"" + type + "\"");
                }
            } else {
                scanner.skip();
            }
        }
        return true;
    }

    private void bookmark() throws IOException {
        scanner.beginObject();
        while (scanner.nextMember()) {
            if (!scanner.keyIs(METADATA)) {
                scanner.skip();
                continue;
            }
            scanner.beginObject();
            while (scanner.nextMember()) {
                if (scanner.keyIs(RESOURCE_VERSION)) {
                    resourceVersion = scanner.string();
                } else {
                    scanner.skip();
                }
            }
        }
    }

    /** A Status: 410 means that only a list helps; what else it may be is tried again from where we stand. */
    private boolean error() throws IOException {
        String code = "";
        scanner.beginObject();
        while (scanner.nextMember()) {
            if (scanner.keyIs(CODE)) {
                code = scanner.string();
            } else {
                scanner.skip();
            }
        }
        if (code.equals(Integer.toString(Unlisted.GONE))) {
            return false;
        }
        throw new IOException("the watch ended with status " + code);
    }

    /** Gives the connection back, if the watch {@link State#ENDED} and it can be used again; else null. */
    @Nullable
    ApiConnection release() {
        if (key != null) {
            key.cancel();
        }
        return connection.isUsable() ? connection : null;
    }

    @Override
    public void close() throws IOException {
        if (key != null) {
            key.cancel();
        }
        connection.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
