/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import dev.defender.misc.json.JsonScanner;
import dev.defender.misc.keep.Catalogue;
import dev.defender.misc.keep.Resource;
import dev.defender.misc.outbox.Outbox;
import dev.defender.protocol.wire.RecordClasses;
import java.io.IOException;

/**
 * What is known of one resource's objects, and what of them is reported. An object is reported when what is kept of it
 * changed; if there is no room, it is remembered as outdated and the collection asks to be listed again. Collector thread.
 */
public final class Collection {
    private final Resource resource;
    private final Catalogue catalogue;
    private final Outbox outbox;
    private final RecordEncoder records;
    private final ObjectReader object;
    private final KnownObjects known = new KnownObjects();
    private boolean incomplete;
    private long count;

    Collection(Resource resource, Catalogue catalogue, Outbox outbox, RecordEncoder records, ObjectReader object) {
        this.resource = resource;
        this.catalogue = catalogue;
        this.outbox = outbox;
        this.records = records;
        this.object = object;
    }

    public Resource resource() {
        return resource;
    }

    /** Objects that are known. */
    public int size() {
        return known.size();
    }

    /** Whether something was not reported as it is: only another list puts that right. */
    public boolean incomplete() {
        return incomplete;
    }

    /** The next list reports every object whole, as if nothing had been reported. */
    public void forgetReports() {
        known.outdateAll();
    }

    /** A list begins; {@code list} has not been used before. */
    boolean listBegin(int list) {
        count = 0;
        incomplete = false;
        return resource.events() || records.listBegin(resource, list);
    }

    /** Takes the next object of a list off the scanner. */
    void listed(JsonScanner scanner, int list) throws IOException {
        object.read(scanner, resource.keep());
        count++;
        if (resource.events()) {
            report(Change.LISTED, 0, 0);
            return;
        }
        long hash = ContentHash.of(object.data(), object.dataLength());
        if (!Uid.isUuid(object.uid())) {
            report(Change.LISTED, hash, list);
            return;
        }
        long high = Uid.high(object.uid());
        long low = Uid.low(object.uid());
        if (known.hash(high, low) == hash) {
            // Told as present at the end of the list.
            outbox.passedOver(RecordClasses.INVENTORY);
            known.put(high, low, hash, -list);
            return;
        }
        boolean told = report(Change.LISTED, hash, list);
        known.put(high, low, told ? hash : KnownObjects.OUTDATED, list);
    }

    /** The list is over and nothing of it is missing: what it did not name is gone. */
    void listComplete(int list, String resourceVersion) {
        if (resource.events()) {
            return;
        }
        known.named(-list, (high, low, hash) -> records.present(resource, list, high, low, hash));
        incomplete |= !records.flushPresent();
        Gone gone = new Gone();
        known.unnamed(list, gone);
        for (int i = 0; i < gone.count; i++) {
            if (records.gone(resource, gone.uids[2 * i], gone.uids[2 * i + 1], resourceVersion)) {
                known.remove(gone.uids[2 * i], gone.uids[2 * i + 1]);
            } else {
                incomplete = true;
            }
        }
        incomplete |= !records.listEnd(resource, list, resourceVersion, count, incomplete ? "publisher away" : "");
    }

    /** The list is over, and something of it is missing: nothing is said about what it did not name. */
    void listBroken(int list, String reason) {
        incomplete = true;
        if (!resource.events()) {
            records.listEnd(resource, list, "", count, reason);
        }
    }

    /**
     * Takes the object of a watch event off the scanner.
     *
     * @param deleted whether it is gone
     * @return its resource version
     */
    String changed(JsonScanner scanner, boolean deleted) throws IOException {
        object.read(scanner, resource.keep());
        if (resource.events()) {
            // That an Event expires says nothing.
            if (!deleted) {
                report(Change.ADDED, 0, 0);
            }
        } else if (!Uid.isUuid(object.uid())) {
            report(deleted ? Change.DELETED : Change.MODIFIED, 0, 0);
        } else {
            changed(deleted, Uid.high(object.uid()), Uid.low(object.uid()));
        }
        return object.resourceVersion();
    }

    private void changed(boolean deleted, long high, long low) {
        if (deleted) {
            if (report(Change.DELETED, 0, 0)) {
                known.remove(high, low);
            } else if (known.contains(high, low)) {
                known.put(high, low, KnownObjects.OUTDATED, KnownObjects.WATCHED);
            }
            return;
        }
        long hash = ContentHash.of(object.data(), object.dataLength());
        boolean before = known.contains(high, low);
        if (before && known.hash(high, low) == hash) {
            outbox.passedOver(RecordClasses.INVENTORY);
            return;
        }
        boolean told = report(before ? Change.MODIFIED : Change.ADDED, hash, 0);
        known.put(high, low, told ? hash : KnownObjects.OUTDATED, KnownObjects.WATCHED);
    }

    private boolean report(int change, long hash, long list) {
        if (resource.events()) {
            if (!catalogue.matters(object.reason())) {
                outbox.passedOver(RecordClasses.KUBERNETES_EVENT);
                return true;
            }
            return records.object(resource, object, change, ContentHash.of(object.data(), object.dataLength()), list);
        }
        boolean told = records.object(resource, object, change, hash, list);
        incomplete |= !told;
        return told;
    }

    /** Uids gathered while the table must not change. */
    private static final class Gone implements KnownObjects.Visitor {
        private long[] uids = new long[64];
        private int count;

        @Override
        public void object(long high, long low, long hash) {
            if (2 * count == uids.length) {
                uids = java.util.Arrays.copyOf(uids, 2 * uids.length);
            }
            uids[2 * count] = high;
            uids[2 * count + 1] = low;
            count++;
        }
    }
}
