/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.store.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** One table per day of receipt (UTC). Made when needed, at best before; dropped whole. Thread-safe. */
public final class EventPartitions {
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String PREFIX = "event_";

    /** Any number that nobody else locks: makes processes that make the same partition take turns. */
    private static final long ADVISORY_LOCK = 0x6465_6665_6e64L;

    private final DataSource dataSource;
    private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

    public EventPartitions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Makes sure that a row received at {@code received} has a place. */
    public void ensure(Instant received) throws SQLException {
        LocalDate day = LocalDate.ofInstant(received, ZoneOffset.UTC);
        if (!known.contains(day)) {
            try (Connection connection = dataSource.getConnection()) {
                create(connection, day);
                known.add(day);
            }
        }
    }

    /** After a row has found no place: somebody else has dropped a day that we thought was there. */
    public void forget() {
        known.clear();
    }

    /** Attaching takes a weaker lock on the parent than CREATE … PARTITION OF, so that queries go on. */
    private static void create(Connection connection, LocalDate day) throws SQLException {
        String name = name(day);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
            if (!exists(connection, name)) {
                statement.execute("CREATE TABLE " + name + " (LIKE event INCLUDING DEFAULTS)");
                statement.execute("ALTER TABLE event ATTACH PARTITION " + name + " FOR VALUES FROM ('" + day
                        + "T00:00:00Z') TO ('" + day.plusDays(1) + "T00:00:00Z')");
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /**
     * Drops the days before {@code first}.
     *
     * @return the days dropped
     */
    public List<LocalDate> dropBefore(LocalDate first) throws SQLException {
        List<LocalDate> dropped = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (LocalDate day : days(connection)) {
                if (day.isBefore(first)) {
                    known.remove(day);
                    statement.execute("ALTER TABLE event DETACH PARTITION " + name(day) + " CONCURRENTLY");
                    statement.execute("DROP TABLE " + name(day));
                    dropped.add(day);
                }
            }
        }
        return dropped;
    }

    private static List<LocalDate> days(Connection connection) throws SQLException {
        List<LocalDate> days = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet names = statement.executeQuery("SELECT c.relname FROM pg_inherits i "
                        + "JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'event'::regclass ORDER BY 1")) {
            while (names.next()) {
                days.add(LocalDate.parse(names.getString(1).substring(PREFIX.length()), SUFFIX));
            }
        }
        return days;
    }

    private static String name(LocalDate day) {
        return PREFIX + SUFFIX.format(day);
    }
}
