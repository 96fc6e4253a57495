/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what is too old, and makes the coming days' partitions before they are needed. */
public final class Retention {
    /** Marks and ledgers outlive events: a node may come back with an old spool, and its records count once. */
    static final Duration STREAMS = Duration.ofDays(90);

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final int DAYS_AHEAD = 2;

    private static final String DELETE_STREAMS = """
            DELETE FROM stream s WHERE s.first_received < ?
            AND NOT EXISTS (SELECT FROM lane_mark m WHERE m.stream_id = s.stream_id AND m.last_received >= ?)
            AND NOT EXISTS (SELECT FROM alert a WHERE a.stream_id = s.stream_id)
            """;

    private final DataSource dataSource;
    private final EventPartitions partitions;
    private final Duration events;
    private final InstantSource clock;

    /** @param events how long an event is kept at least, by its receipt */
    public Retention(DataSource dataSource, EventPartitions partitions, Duration events, InstantSource clock) {
        this.dataSource = dataSource;
        this.partitions = partitions;
        this.events = events;
        this.clock = clock;
    }

    /** One round. What fails is logged and comes again with the next round. */
    public void run() {
        Instant now = clock.instant();
        try {
            for (int day = 0; day <= DAYS_AHEAD; day++) {
                partitions.ensure(now.plus(Duration.ofDays(day)));
            }
            LocalDate first = LocalDate.ofInstant(now.minus(events), ZoneOffset.UTC);
            for (LocalDate day : partitions.dropBefore(first)) {
                LOG.info("Events of {} dropped: older than {} days", day, events.toDays());
            }
            new InventoryRetention(dataSource).run(now, events);
            deleteStreams(now.minus(STREAMS));
            deleteContainers(now.minus(STREAMS));
        } catch (SQLException e) {
            LOG.warn("Retention did not finish, it runs again later: {}", e.getMessage());
        }
    }

    /** They serve alerts whose own event knew too little, and these come within minutes. */
    private void deleteContainers(Instant before) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("DELETE FROM container_context WHERE received < ?")) {
            statement.setObject(1, before.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }

    private void deleteStreams(Instant before) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(DELETE_STREAMS)) {
            statement.setObject(1, before.atOffset(ZoneOffset.UTC));
            statement.setObject(2, before.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }
}
