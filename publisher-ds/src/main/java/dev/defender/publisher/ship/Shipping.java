/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import dev.defender.protocol.clock.NodeClock;
import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.health.Conditions;
import dev.defender.publisher.http.ProxySettings;
import dev.defender.publisher.identity.Credentials;
import dev.defender.publisher.spool.Spool;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Builds a lane's shipper from what both lanes share. */
public final class Shipping {
    private static final int BULK_BYTES = 1 << 20;
    private static final int URGENT_BYTES = 256 << 10;

    /** What a bulk batch may wait for more; a fifth of the second that an event may take to the backend. */
    private static final long BULK_LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Spool spool;
    private final ProxySettings proxies;
    private final Credentials credentials;
    private final Conditions conditions;
    private final ShipStats stats;
    private final GapReporter gaps;
    private final Path deadLetters;
    private final String node;
    private final NodeClock clock;

    public Shipping(
            Spool spool,
            ProxySettings proxies,
            Credentials credentials,
            Conditions conditions,
            ShipStats stats,
            GapReporter gaps,
            Path deadLetters,
            String node,
            NodeClock clock) {
        this.spool = spool;
        this.proxies = proxies;
        this.credentials = credentials;
        this.conditions = conditions;
        this.stats = stats;
        this.gaps = gaps;
        this.deadLetters = deadLetters;
        this.node = node;
        this.clock = clock;
    }

    /** @param onAccepted runs in the shipper's thread at each batch that the backend took */
    public Shipper shipper(int lane, Runnable onAccepted) {
        Shipper.Limits limits = lane == Lanes.URGENT
                ? new Shipper.Limits(URGENT_BYTES, dev.defender.protocol.wire.Batch.MAX_RECORDS, 0)
                : new Shipper.Limits(BULK_BYTES, dev.defender.protocol.wire.Batch.MAX_RECORDS, BULK_LINGER_NANOS);
        Delivery delivery = new Delivery(
                new BackendLink(proxies, credentials, stats),
                new BatchEncoder(node, lane, limits.bytes(), clock),
                credentials,
                conditions,
                stats);
        return new Shipper(
                spool.lane(lane).reader(),
                lane,
                limits,
                delivery,
                new DeadLetters(deadLetters, lane, gaps, stats),
                gaps,
                conditions,
                stats,
                onAccepted);
    }
}
