/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.report;

import dev.defender.protocol.clock.NodeClock;
import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.health.Conditions;
import dev.defender.publisher.health.Conditions.Condition;
import dev.defender.publisher.health.MetricsText;
import dev.defender.publisher.health.ProducerHealth;
import dev.defender.publisher.intake.IntakeStats;
import dev.defender.publisher.intake.Refusal;
import dev.defender.publisher.ship.ShipStats;
import dev.defender.publisher.ship.Shipper;
import dev.defender.publisher.spool.Spool;
import dev.defender.publisher.spool.SpoolStats;
import java.io.IOException;
import java.util.List;

/** Everything that the publisher counts, as one page; made on request. Any thread. */
public final class MetricsPage {
    private static final String[] LANE_NAMES = {"bulk", "urgent"};
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Spool spool;
    private final IntakeStats intake;
    private final ShipStats ship;
    private final List<Shipper> shippers;
    private final Conditions conditions;
    private final ProducerHealth producers;

    /** @param shippers by lane */
    public MetricsPage(
            Spool spool,
            IntakeStats intake,
            ShipStats ship,
            List<Shipper> shippers,
            Conditions conditions,
            ProducerHealth producers) {
        this.spool = spool;
        this.intake = intake;
        this.ship = ship;
        this.shippers = List.copyOf(shippers);
        this.conditions = conditions;
        this.producers = producers;
    }

    public String render() {
        MetricsText page = new MetricsText();
        conditions(page);
        lanes(page);
        intake(page);
        spool(page);
        ship(page);
        new SensorMetrics(producers).append(page);
        return page.toString();
    }

    private void conditions(MetricsText page) {
        String name = "defender_publisher_condition";
        page.metric(name, "gauge", "1 while the condition holds.");
        for (Condition condition : conditions.all()) {
            page.sample(name, condition.status() ? 1 : 0, "type", condition.type(), "reason", condition.reason());
        }
    }

    private void lanes(MetricsText page) {
        String backlog = "defender_publisher_backlog_bytes";
        page.metric(backlog, "gauge", "Spooled and neither delivered nor reported lost.");
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            page.sample(backlog, backlogBytes(lane), "lane", LANE_NAMES[lane]);
        }
        String age = "defender_publisher_oldest_in_flight_seconds";
        page.metric(age, "gauge", "Age of the oldest record of the batch in flight; 0 if none is.");
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            long since = shippers.get(lane).oldestRealtimeNanos();
            long seconds = since == 0 ? 0 : Math.max(0, NodeClock.realtimeNanos() - since) / NANOS_PER_SECOND;
            page.sample(age, seconds, "lane", LANE_NAMES[lane]);
        }
        String mark = "defender_publisher_durable_sequence";
        page.metric(mark, "gauge", "Last sequence of a stream that is durable in the spool.");
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            String laneName = LANE_NAMES[lane];
            spool.lane(lane)
                    .forEachMark((stream, sequence) -> page.sample(
                            mark,
                            sequence,
                            "lane",
                            laneName,
                            "producer",
                            stream.producer(),
                            "epoch",
                            Long.toString(stream.epoch())));
        }
    }

    private long backlogBytes(int lane) {
        try {
            return spool.lane(lane).backlogBytes();
        } catch (IOException e) {
            // A segment went away while the directory was read: the next scrape sees it settled.
            return 0;
        }
    }

    private void intake(MetricsText page) {
        page.counter("defender_publisher_connections_total", "Clients that connected.", intake.connections.get());
        page.counter("defender_publisher_frames_total", "RECORDS frames taken.", intake.frames.get());
        page.counter("defender_publisher_records_total", "Records taken, repeated ones apart.", intake.records.get());
        page.counter("defender_publisher_received_bytes_total", "Payload of RECORDS frames.", intake.bytes.get());
        page.counter(
                "defender_publisher_repeated_records_total",
                "Records that were durable already.",
                intake.repeated.get());
        String refused = "defender_publisher_refused_total";
        page.metric(refused, "counter", "Connections that were ended by the publisher.");
        for (Refusal refusal : Refusal.values()) {
            page.sample(refused, intake.refusals(refusal), "cause", refusal.label());
        }
    }

    private void spool(MetricsText page) {
        SpoolStats stats = spool.stats();
        page.gauge(
                "defender_publisher_spool_used_bytes",
                "Size of all segments.",
                spool.budget().usedBytes());
        page.gauge(
                "defender_publisher_spool_limit_bytes",
                "What they may grow to.",
                spool.budget().limitBytes());
        page.counter("defender_publisher_spool_syncs_total", "fdatasync calls.", stats.syncs.get());
        page.counter(
                "defender_publisher_spool_write_failures_total",
                "Writes or syncs that failed; nothing of them was acknowledged.",
                stats.writeFailures.get());
        page.counter(
                "defender_publisher_spool_torn_bytes_total",
                "Cut off unfinished segments at start.",
                stats.tornBytes.get());
        page.counter(
                "defender_publisher_spool_damaged_blocks_total",
                "Places without a readable block.",
                stats.damagedBlocks.get());
        page.counter(
                "defender_publisher_spool_damaged_records_total",
                "Places where a record did not match its CRC.",
                stats.damagedRecords.get());
        page.counter(
                "defender_publisher_spool_quarantined_files_total",
                "Unreadable segments moved aside.",
                stats.quarantinedFiles.get());
        page.counter(
                "defender_publisher_spool_discarded_files_total",
                "Removed from quarantine to bound it.",
                stats.discardedFiles.get());
    }

    private void ship(MetricsText page) {
        page.counter("defender_publisher_shipped_batches_total", "Batches that the backend took.", ship.batches.get());
        page.counter("defender_publisher_shipped_records_total", "Records in them.", ship.records.get());
        page.counter(
                "defender_publisher_shipped_raw_bytes_total", "Their size before compression.", ship.rawBytes.get());
        page.counter("defender_publisher_shipped_bytes_total", "Their size on the wire.", ship.sentBytes.get());
        page.counter("defender_publisher_split_batches_total", "Batches sent in halves.", ship.splits.get());
        page.counter(
                "defender_publisher_dead_records_total",
                "Records that the backend proved bad.",
                ship.deadRecords.get());
        page.counter(
                "defender_publisher_dead_files_discarded_total",
                "Dead letters not kept.",
                ship.deadFilesDiscarded.get());
        page.counter(
                "defender_publisher_lost_records_total",
                "Records found lost in the spool, and reported.",
                ship.damagedRecords.get());
        page.counter("defender_publisher_backend_connections_total", "TLS connections made.", ship.connections.get());
        page.counter(
                "defender_publisher_backend_failures_total", "Connections that failed.", ship.connectionFailures.get());
        String answers = "defender_publisher_answers_total";
        page.metric(answers, "counter", "Answers of the backend to batches.");
        for (int status = 100; status < 600; status++) {
            if (ship.answers(status) > 0) {
                page.sample(answers, ship.answers(status), "status", Integer.toString(status));
            }
        }
    }
}
