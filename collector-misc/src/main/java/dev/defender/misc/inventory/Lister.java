/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import dev.defender.misc.api.ApiConnection;
import dev.defender.misc.api.Head;
import dev.defender.misc.json.JsonScanner;
import dev.defender.misc.outbox.Outbox;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/**
 * Lists a collection page by page. All pages are of one instant, the first one's: a continuation that has expired ends the
 * list, for what a later instant says must not be mixed in. Only a list that came to its end says that objects are gone.
 */
public final class Lister {
    /** Objects of a page: what the server builds at once, and what a cut connection costs. */
    private static final int PAGE = 500;

    /** Most pages of Events; the newest are in none of them in particular, and they expire in an hour anyway. */
    private static final int EVENT_PAGES = 20;

    private static final int BUFFER_BYTES = 32 * 1024;
    private static final long ROOM_SECONDS = 30;

    /** So many objects are worth waking the link for: the publisher works while the next are read. */
    private static final int FLUSH_OBJECTS = 100;

    private static final byte[] METADATA = "metadata".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ITEMS = "items".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTINUE = "continue".getBytes(StandardCharsets.UTF_8);
    private static final byte[] RESOURCE_VERSION = "resourceVersion".getBytes(StandardCharsets.UTF_8);

    private final Outbox outbox;
    private final BooleanSupplier stopping;
    private final JsonScanner scanner = new JsonScanner(BUFFER_BYTES);
    private int lists;
    private int sinceFlush;
    private String continuation = "";
    private String resourceVersion = "";

    /** @param stopping whether the list under way is to be given up */
    Lister(Outbox outbox, BooleanSupplier stopping) {
        this.outbox = outbox;
        this.stopping = stopping;
    }

    /** Lists that were begun. */
    public int lists() {
        return lists;
    }

    /**
     * Lists the collection and reports it.
     *
     * @return where a watch goes on
     * @throws Unlisted if the server refuses; what it says about it
     * @throws IOException if the connection or what it carries broke; the connection is then of no more use
     */
    public String list(ApiConnection connection, Collection collection) throws IOException, Unlisted {
        int list = ++lists;
        if (!outbox.awaitRoom(ROOM_SECONDS) || !collection.listBegin(list)) {
            throw new Unlisted(Unlisted.NO_ROOM, 0, "the publisher takes nothing");
        }
        try {
            String version = pages(connection, collection, list);
            collection.listComplete(list, version);
            return version;
        } catch (IOException e) {
            collection.listBroken(list, "cut off: " + e.getMessage());
            throw e;
        } catch (Unlisted e) {
            collection.listBroken(list, "status " + e.status() + ": " + e.getMessage());
            throw e;
        }
    }

    private String pages(ApiConnection connection, Collection collection, int list) throws IOException, Unlisted {
        continuation = "";
        String first = "";
        int pages = 0;
        do {
            String path = collection.resource().path() + "?limit=" + PAGE
                    + (continuation.isEmpty()
                            ? ""
                            : "&continue=" + URLEncoder.encode(continuation, StandardCharsets.UTF_8));
            Head head = connection.get(path);
            if (head.status() != 200) {
                throw new Unlisted(head.status(), head.retryAfterSeconds(), reason(connection.finish()));
            }
            page(connection, collection, list);
            first = pages == 0 ? resourceVersion : first;
            if (!continuation.isEmpty() && !outbox.awaitRoom(ROOM_SECONDS)) {
                throw new Unlisted(Unlisted.NO_ROOM, 0, "the publisher takes nothing");
            }
            pages++;
        } while (!continuation.isEmpty() && !(collection.resource().events() && pages == EVENT_PAGES));
        if (first.isEmpty()) {
            throw new IOException("a list without a resource version");
        }
        return first;
    }

    private void page(ApiConnection connection, Collection collection, int list) throws IOException, Unlisted {
        continuation = "";
        resourceVersion = "";
        scanner.stream(connection::read);
        scanner.beginObject();
        while (scanner.nextMember()) {
            if (scanner.keyIs(METADATA)) {
                metadata();
            } else if (scanner.keyIs(ITEMS) && scanner.peek() == '[') {
                scanner.beginArray();
                while (scanner.nextElement()) {
                    if (stopping.getAsBoolean()) {
                        throw new IOException("this process was told to stop");
                    }
                    if (!outbox.awaitRoom(ROOM_SECONDS)) {
                        throw new Unlisted(Unlisted.NO_ROOM, 0, "the publisher takes nothing");
                    }
                    collection.listed(scanner, list);
                    if (++sinceFlush == FLUSH_OBJECTS) {
                        sinceFlush = 0;
                        outbox.flush();
                    }
                }
            } else {
                scanner.skip();
            }
        }
        scanner.end();
    }

    private void metadata() throws IOException {
        scanner.beginObject();
        while (scanner.nextMember()) {
            if (scanner.keyIs(CONTINUE)) {
                continuation = scanner.string();
            } else if (scanner.keyIs(RESOURCE_VERSION)) {
                resourceVersion = scanner.string();
            } else {
                scanner.skip();
            }
        }
    }

    /** The message of a Status, or what there is. */
    private static String reason(String body) {
        int at = body.indexOf("\"message\":\"");
        if (at < 0) {
            return body.strip();
        }
        int from = at + "\"message\":\"".length();
        int end = body.indexOf("\",\"", from);
        return end < 0 ? body.substring(from) : body.substring(from, end);
    }
}
