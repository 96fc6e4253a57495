/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import dev.defender.misc.inventory.ObjectReader.Owner;
import dev.defender.misc.keep.Resource;
import dev.defender.misc.outbox.Outbox;
import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.protocol.wire.RecordClasses;

/** Writes {@code defender.v1.InventoryObject} and {@code InventoryList} into the outbox. Collector thread. */
final class RecordEncoder {
    private static final int BEGIN = 1;
    private static final int PRESENT = 2;
    private static final int END = 3;

    /** Leaves a record of {@code PRESENT} far below its bound: 29 bytes each. */
    private static final int PRESENT_PER_RECORD = 1000;

    private final Outbox outbox;
    private long presentList;
    private String presentResource = "";
    private int pending;
    private ProtoWriter present = new ProtoWriter();
    private boolean presentLost;

    RecordEncoder(Outbox outbox) {
        this.outbox = outbox;
    }

    /**
     * An object as it was read.
     *
     * @param change of {@link Change}
     * @param list number of the list that it is in; 0 for a change
     * @return whether there was room for it
     */
    boolean object(Resource resource, ObjectReader object, int change, long hash, long list) {
        ProtoWriter body = outbox.begin();
        head(body, resource, change);
        body.string(7, object.namespace());
        body.string(8, object.name());
        body.string(9, object.uid());
        body.string(10, object.resourceVersion());
        if (change != Change.DELETED) {
            body.fixed64(11, hash);
        }
        Owner owner = object.owner();
        if (owner != null) {
            int mark = body.begin(12);
            body.string(1, owner.kind());
            body.string(2, owner.name());
            body.string(3, owner.uid());
            body.end(mark);
        }
        if (change != Change.DELETED) {
            body.bytes(13, object.data(), 0, object.dataLength());
            body.varint(14, object.omitted());
            body.varint(15, list);
        }
        return append(resource);
    }

    /** What was built by hand: {@code data} is JSON. */
    boolean object(Resource resource, String name, String uid, String version, byte[] data, long hash) {
        ProtoWriter body = outbox.begin();
        head(body, resource, Change.LISTED);
        body.string(8, name);
        body.string(9, uid);
        body.string(10, version);
        body.fixed64(11, hash);
        body.bytes(13, data, 0, data.length);
        return append(resource);
    }

    /** An object that a list no longer names. */
    boolean gone(Resource resource, long uidHigh, long uidLow, String resourceVersion) {
        ProtoWriter body = outbox.begin();
        head(body, resource, Change.DELETED);
        body.string(9, Uid.text(uidHigh, uidLow));
        body.string(10, resourceVersion);
        return append(resource);
    }

    boolean listBegin(Resource resource, long list) {
        marker(outbox.begin(), resource.id(), BEGIN, list);
        return outbox.append(RecordClasses.INVENTORY_LIST) != 0;
    }

    /** An object that is as it was reported before; gathered until {@link #flushPresent}. */
    void present(Resource resource, long list, long uidHigh, long uidLow, long hash) {
        if (pending == 0) {
            presentList = list;
            presentResource = resource.id();
            present = outbox.begin();
            marker(present, presentResource, PRESENT, presentList);
        }
        int mark = present.begin(10);
        present.fixed64(1, uidHigh);
        present.fixed64(2, uidLow);
        present.fixed64(3, hash);
        present.end(mark);
        if (++pending == PRESENT_PER_RECORD) {
            flushPresent();
        }
    }

    /** Returns whether everything that was gathered since the last call found room. */
    boolean flushPresent() {
        if (pending > 0) {
            pending = 0;
            presentLost |= outbox.append(RecordClasses.INVENTORY_LIST) == 0;
        }
        boolean whole = !presentLost;
        presentLost = false;
        return whole;
    }

    /**
     * @param resourceVersion at which the list was taken
     * @param reason why the list is not complete; empty if it is
     */
    boolean listEnd(Resource resource, long list, String resourceVersion, long count, String reason) {
        ProtoWriter body = outbox.begin();
        marker(body, resource.id(), END, list);
        body.string(6, resourceVersion);
        body.varint(7, count);
        body.bool(8, reason.isEmpty());
        body.string(9, reason);
        return outbox.append(RecordClasses.INVENTORY_LIST) != 0;
    }

    private static void head(ProtoWriter body, Resource resource, int change) {
        body.varint(3, change);
        body.string(4, resource.id());
        body.string(5, resource.apiVersion());
        body.string(6, resource.kind());
    }

    private static void marker(ProtoWriter body, String resource, int phase, long list) {
        body.varint(3, phase);
        body.string(4, resource);
        body.varint(5, list);
    }

    private boolean append(Resource resource) {
        return outbox.append(resource.events() ? RecordClasses.KUBERNETES_EVENT : RecordClasses.INVENTORY) != 0;
    }
}
