/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import dev.defender.misc.json.ByteSink;
import dev.defender.misc.json.JsonScanner;
import dev.defender.misc.keep.Keep;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object off a scanner: who it is, and as JSON what is kept of it. What does not fit is left out whole, member by
 * member, and counted, so that what is kept is always JSON. One object at a time; one thread.
 */
public final class ObjectReader {
    /** Most bytes of kept JSON: a record has room for this and for who it is. */
    public static final int MAX_DATA_BYTES = 48 * 1024;

    /** Deeper than this nothing is kept; no resource of the API server is. */
    private static final int MAX_DEPTH = 64;

    private static final byte[] METADATA = utf8("metadata");
    private static final byte[] NAME = utf8("name");
    private static final byte[] NAMESPACE = utf8("namespace");
    private static final byte[] UID = utf8("uid");
    private static final byte[] RESOURCE_VERSION = utf8("resourceVersion");
    private static final byte[] OWNER_REFERENCES = utf8("ownerReferences");
    private static final byte[] REASON = utf8("reason");
    private static final byte[] KIND = utf8("kind");
    private static final byte[] CONTROLLER = utf8("controller");

    private final ByteSink data = new ByteSink(8 * 1024, MAX_DATA_BYTES);
    private int omitted;
    private int depth;
    private String name = "";
    private String namespace = "";
    private String uid = "";
    private String resourceVersion = "";
    private String reason = "";
    private @Nullable Owner owner;

    /** The controller that owns an object. */
    public record Owner(String kind, String name, String uid) {}

    /** Reads the object that comes next. */
    public void read(JsonScanner scanner, Keep keep) throws IOException {
        data.clear();
        data.limit(MAX_DATA_BYTES);
        omitted = 0;
        depth = 0;
        name = "";
        namespace = "";
        uid = "";
        resourceVersion = "";
        reason = "";
        owner = null;
        data.put((byte) '{');
        members(scanner, keep, Place.ROOT);
    }

    public String name() {
        return name;
    }

    /** Empty for what belongs to the cluster. */
    public String namespace() {
        return namespace;
    }

    public String uid() {
        return uid;
    }

    public String resourceVersion() {
        return resourceVersion;
    }

    /** Of an Event; empty for others. */
    public String reason() {
        return reason;
    }

    public @Nullable Owner owner() {
        return owner;
    }

    /** What is kept: JSON. Good until the next {@link #read}. */
    public byte[] data() {
        return data.bytes();
    }

    public int dataLength() {
        return data.length();
    }

    /** Members left out because they did not fit. */
    public int omitted() {
        return omitted;
    }

    private enum Place {
        ROOT,
        METADATA,
        WITHIN
    }

    /** Writes the members that are kept and what closes them; returns how many. */
    private int members(JsonScanner scanner, Keep keep, Place place) throws IOException {
        int kept = 0;
        scanner.beginObject();
        while (scanner.nextMember()) {
            if (place == Place.METADATA && identity(scanner)) {
                continue;
            }
            Keep child = keep.child(scanner.key(), scanner.keyLength());
            if (child == null) {
                scanner.skip();
                continue;
            }
            Place within = place == Place.ROOT && scanner.keyIs(METADATA) ? Place.METADATA : Place.WITHIN;
            boolean isReason = place == Place.ROOT && scanner.keyIs(REASON);
            int mark = data.length();
            if (kept > 0) {
                data.put((byte) ',');
            }
            data.put((byte) '"');
            data.put(scanner.key(), 0, scanner.keyLength());
            data.put((byte) '"');
            data.put((byte) ':');
            int from = data.length();
            if (value(scanner, child, within, mark)) {
                kept++;
                reason = isReason ? quoted(from) : reason;
            }
        }
        data.close('}');
        return kept;
    }

    /** Writes a value behind what stands from {@code mark} on, or takes that back; returns whether it is written. */
    private boolean value(JsonScanner scanner, Keep keep, Place place, int mark) throws IOException {
        int outer = data.limit();
        data.limit((int) Math.min(outer, (long) data.length() + keep.maxBytes()));
        boolean worth = bounded(scanner, keep, place);
        data.limit(outer);
        if (data.overflowed()) {
            omitted++;
            worth = false;
        }
        if (!worth) {
            data.truncate(mark);
        }
        return worth;
    }

    private boolean bounded(JsonScanner scanner, Keep keep, Place place) throws IOException {
        int c = scanner.peek();
        if (c == '{' || c == '[') {
            data.put((byte) c);
            if (depth == MAX_DEPTH || data.overflowed()) {
                omitted += data.overflowed() ? 0 : 1;
                scanner.skip();
                return false;
            }
            depth++;
            int kept = c == '{' ? members(scanner, keep, place) : elements(scanner, keep);
            depth--;
            return kept > 0 || keep.all();
        }
        if (!keep.all()) {
            scanner.skip();
            return false;
        }
        scanner.copyScalar(data);
        return true;
    }

    private int elements(JsonScanner scanner, Keep keep) throws IOException {
        int kept = 0;
        scanner.beginArray();
        while (scanner.nextElement()) {
            int mark = data.length();
            if (kept > 0) {
                data.put((byte) ',');
            }
            kept += value(scanner, keep, Place.WITHIN, mark) ? 1 : 0;
        }
        data.close(']');
        return kept;
    }

    /** What the string says that was just written from {@code from} on, given that nothing in it is escaped. */
    private String quoted(int from) {
        return new String(data.bytes(), from + 1, Math.max(0, data.length() - from - 2), StandardCharsets.UTF_8);
    }

    /** Takes what says who the object is; returns whether the member was such. */
    private boolean identity(JsonScanner scanner) throws IOException {
        if (scanner.keyIs(NAME)) {
            name = scanner.string();
        } else if (scanner.keyIs(NAMESPACE)) {
            namespace = scanner.string();
        } else if (scanner.keyIs(UID)) {
            uid = scanner.string();
        } else if (scanner.keyIs(RESOURCE_VERSION)) {
            resourceVersion = scanner.string();
        } else if (scanner.keyIs(OWNER_REFERENCES)) {
            owners(scanner);
        } else {
            return false;
        }
        return true;
    }

    private void owners(JsonScanner scanner) throws IOException {
        if (scanner.peek() != '[') {
            scanner.skip();
            return;
        }
        scanner.beginArray();
        while (scanner.nextElement()) {
            String kind = "";
            String ownerName = "";
            String ownerUid = "";
            boolean controller = false;
            scanner.beginObject();
            while (scanner.nextMember()) {
                if (scanner.keyIs(KIND)) {
                    kind = scanner.string();
                } else if (scanner.keyIs(NAME)) {
                    ownerName = scanner.string();
                } else if (scanner.keyIs(UID)) {
                    ownerUid = scanner.string();
                } else if (scanner.keyIs(CONTROLLER)) {
                    controller = scanner.string().equals("true");
                } else {
                    scanner.skip();
                }
            }
            if (controller) {
                owner = new Owner(kind, ownerName, ownerUid);
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
