/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.protocol.wire.RecordBuffer;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.decode.RawEventHandler;
import dev.defender.sensor.decode.Undecodable;
import dev.defender.sensor.detect.Detector;
import dev.defender.sensor.detect.ProcessFields;
import dev.defender.sensor.detect.Trigger;
import dev.defender.sensor.encode.EventEncoder;
import dev.defender.sensor.encode.ImageEncoder;
import dev.defender.sensor.encode.Subjects;
import dev.defender.sensor.enrich.Container;
import dev.defender.sensor.enrich.Containers;
import dev.defender.sensor.enrich.UserNames;
import dev.defender.sensor.ledger.Cells;
import dev.defender.sensor.ledger.Ledger;
import dev.defender.sensor.ledger.LossKind;
import dev.defender.sensor.outbox.Outbox;
import dev.defender.sensor.ring.HostFacts;
import dev.defender.sensor.state.ProcessEntry;
import dev.defender.sensor.state.ProcessTable;
import dev.defender.sensor.state.ProcessTracker;

/** The way of one event: state, enrich, encode, outbox, detect. Event thread only; allocates nothing in steady use. */
public final class Pipeline implements RawEventHandler {
    private final Outbox outbox;
    private final Ledger ledger;
    private final ProcessTable table;
    private final ProcessTracker tracker;
    private final Containers containers;
    private final ImageEncoder images;
    private final EventEncoder encoder;
    private final Detector detector;
    private final RecordBuffer record = new RecordBuffer();
    private final Trigger trigger = new Trigger(record);
    private long events;
    private long undecodable;

    /** @param table empty; this pipeline's own from now on */
    public Pipeline(Outbox outbox, ProcessTable table, HostFacts facts, Detector.Rules rules) {
        this.outbox = outbox;
        this.ledger = outbox.ledger();
        this.table = table;
        this.tracker = new ProcessTracker(table);
        this.containers = new Containers(facts);
        this.images = new ImageEncoder(table);
        UserNames users = new UserNames(facts);
        Subjects subjects = new Subjects(images, users);
        this.encoder = new EventEncoder(subjects, facts.origin());
        this.detector =
                new Detector(rules, this::finding, ledger.epoch(), trigger, new ProcessFields(images, users), subjects);
    }

    @Override
    public void onEvent(RawEvent event) {
        ProcessEntry subject = tracker.track(event);
        Container container = containers.of(event.cgroupKey(), event);
        int type = event.type();
        if (type == EventType.TASK) {
            return;
        }
        events++;
        ledger.container(event.ledgerRow(), container.id());
        ProcessEntry child = type == EventType.FORK ? tracker.child() : null;
        encoder.encode(record.begin(), event, subject, child, container);
        trigger.set(event, subject, container, encoder.time(event));
        trigger.numbered(outbox.event(type, event.ledgerRow(), record));
        detector.detect();
    }

    private void finding(int row, RecordBuffer finding) {
        ledger.captured(Cells.cell(RecordClasses.DETECTION, row));
        outbox.event(RecordClasses.DETECTION, row, finding);
        outbox.flush();
    }

    @Override
    public void onUndecodable(Undecodable reason, int type, int ledgerRow) {
        undecodable++;
        if (RecordClasses.counted(type) && type < RecordClasses.DETECTION && type <= EventType.OPEN) {
            ledger.lost(Cells.cell(type, ledgerRow), LossKind.UNDECODABLE);
        }
    }

    /** Lets go what is kept of processes long dead and of containers that are gone. */
    public void expire(long nowBootNs) {
        table.expire(nowBootNs);
        containers.refresh(nowBootNs);
    }

    /** What is known of the containers that events come from. */
    public Containers containers() {
        return containers;
    }

    /** Events taken in, those of the initial table left out. */
    public long events() {
        return events;
    }

    public long undecodable() {
        return undecodable;
    }

    /** Matches of rules. */
    public long findings() {
        return detector.findings();
    }

    /** Secrets masked. */
    public long redacted() {
        return images.redacted();
    }

    /** Texts of processes cut or repaired. */
    public long repaired() {
        return images.repaired();
    }

    public int processes() {
        return table.size();
    }

    /** Processes evicted from the table for want of room. */
    public long evicted() {
        return table.evicted();
    }

    /** Events of processes that the table had not heard of. */
    public long unknownProcesses() {
        return tracker.unknown();
    }
}
