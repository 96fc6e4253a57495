/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

import bpf4j.RecordHandler;
import dev.defender.sensor.ring.HostFacts;
import dev.defender.sensor.ring.LedgerLayout;
import dev.defender.sensor.ring.LedgerMaps;
import dev.defender.sensor.ring.RecordSource;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decodes what a record source delivers. Owns the source: closing this closes it. */
public final class EventDecoder implements EventSource {
    private final RecordSource source;
    private final RawEvent event = new RawEvent();
    private final RecordHandler onRecord = this::decode;
    private @Nullable RawEventHandler handler;

    /** Takes ownership of the source. */
    public EventDecoder(RecordSource source) {
        this.source = source;
    }

    @Override
    public void initialTable(RawEventHandler handler) {
        this.handler = handler;
        source.initialTasks(onRecord);
    }

    @Override
    public int poll(RawEventHandler handler, long timeoutNanos) {
        this.handler = handler;
        return source.poll(onRecord, timeoutNanos);
    }

    private void decode(ByteBuffer buffer, int offset, int length) {
        RawEventHandler to = handler;
        if (to == null) {
            throw new IllegalStateException("record before poll");
        }
        Undecodable reason = event.wrap(buffer, offset, length);
        if (reason == null) {
            to.onEvent(event);
            return;
        }
        boolean hasHeader = length >= RawEvent.HEADER_BYTES;
        int row = hasHeader ? event.ledgerRow() : 0;
        boolean rowExists = row >= 0 && row < LedgerLayout.ROWS;
        to.onUndecodable(reason, length >= Short.BYTES ? event.type() : 0, rowExists ? row : 0);
    }

    @Override
    public void wakeup() {
        source.wakeup();
    }

    @Override
    public boolean ended() {
        return source.ended();
    }

    @Override
    public LedgerMaps ledger() {
        return source.ledger();
    }

    @Override
    public HostFacts facts() {
        return source.facts();
    }

    @Override
    public void close() {
        source.close();
    }
}
