/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.link;

import dev.defender.link.LaneWindow;
import dev.defender.link.Producer;
import dev.defender.link.ProducerIdentity;
import dev.defender.link.PublisherLink;
import dev.defender.sensor.outbox.Outbox;
import dev.defender.sensor.outbox.Succession;
import java.nio.file.Path;

/** What the link to the publisher tells the sensor's ledger and its succession. */
public final class SensorProducer implements Producer {
    private final Outbox outbox;
    private final Succession succession;

    private SensorProducer(Outbox outbox, Succession succession) {
        this.outbox = outbox;
        this.succession = succession;
    }

    /** A link for the outbox, which from now on wakes it; not started. */
    public static PublisherLink link(Path socket, ProducerIdentity identity, Outbox outbox, Succession succession) {
        PublisherLink link = new PublisherLink(socket, identity, new SensorProducer(outbox, succession), new LinkLog());
        outbox.attach(link);
        return link;
    }

    @Override
    public LaneWindow lane(int lane) {
        return outbox.lane(lane);
    }

    @Override
    public long previousEpoch() {
        return succession.previousEpoch();
    }

    @Override
    public void welcomed(long[] previousDurable) {
        succession.welcomed(previousDurable);
        outbox.ledger().welcomed();
    }

    @Override
    public void acked(int lane, long sequence) {
        outbox.ledger().acked(lane, sequence);
    }
}
