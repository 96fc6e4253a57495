/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ledger;

import dev.defender.backend.store.LedgerQuery;
import dev.defender.backend.store.LedgerStore;
import dev.defender.backend.store.LossLine;
import dev.defender.backend.store.StoreUnavailableException;
import dev.defender.backend.store.StreamLedger;
import dev.defender.backend.store.postgres.Reader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Reads marks, cuts, own counts and losses of one instant. */
public final class PostgresLedgerStore implements LedgerStore {
    private final Reader reader;

    public PostgresLedgerStore(DataSource dataSource) {
        this.reader = new Reader(dataSource);
    }

    @Override
    public List<StreamLedger> ledger(LedgerQuery query) throws StoreUnavailableException {
        return reader.<List<StreamLedger>, RuntimeException>read(connection -> {
            Map<Long, LedgerBook> books = streams(connection, query);
            if (!books.isEmpty()) {
                marks(connection, books);
                cuts(connection, books);
                cutRows(connection, books);
                delivered(connection, books);
                losses(connection, books);
            }
            return books.values().stream().map(LedgerBook::close).toList();
        });
    }

    private static Map<Long, LedgerBook> streams(Connection connection, LedgerQuery query) throws SQLException {
        String sql = "SELECT stream_id, cluster, node, boot_id, producer, epoch FROM stream "
                + "WHERE (? IS NULL OR cluster = ?) AND (? IS NULL OR node = ?) AND (? IS NULL OR boot_id = ?) "
                + "AND (? IS NULL OR producer = ?) AND (? IS NULL OR epoch = ?) ORDER BY stream_id";
        Map<Long, LedgerBook> books = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int at = 1;
            for (String text : new String[] {query.cluster(), query.node(), query.bootId(), query.producer()}) {
                statement.setObject(at++, text, Types.VARCHAR);
                statement.setObject(at++, text, Types.VARCHAR);
            }
            statement.setObject(at++, query.epoch(), Types.BIGINT);
            statement.setObject(at, query.epoch(), Types.BIGINT);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    books.put(
                            rows.getLong(1),
                            new LedgerBook(
                                    rows.getString(2),
                                    rows.getString(3),
                                    rows.getString(4),
                                    rows.getString(5),
                                    rows.getLong(6)));
                }
            }
        }
        return books;
    }

    @FunctionalInterface
    private interface RowReader {
        void read(LedgerBook book, ResultSet row) throws SQLException;
    }

    /** Runs a query whose first column and only parameter is the streams' number. */
    private static void forEach(Connection connection, Map<Long, LedgerBook> books, String sql, RowReader reader)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql + " WHERE stream_id = ANY (?)")) {
            statement.setArray(
                    1, connection.createArrayOf("int8", books.keySet().toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    LedgerBook book = books.get(rows.getLong(1));
                    if (book != null) {
                        reader.read(book, rows);
                    }
                }
            }
        }
    }

    private static void marks(Connection connection, Map<Long, LedgerBook> books) throws SQLException {
        forEach(
                connection,
                books,
                "SELECT stream_id, lane, mark FROM lane_mark",
                (book, row) -> book.mark(row.getInt(2), row.getLong(3)));
    }

    private static void cuts(Connection connection, Map<Long, LedgerBook> books) throws SQLException {
        forEach(
                connection,
                books,
                "SELECT stream_id, received, last_sequence, final, unknown FROM cut",
                (book, row) -> book.cut(
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        List.of((Long[]) row.getArray(3).getArray()),
                        row.getBoolean(4),
                        row.getBoolean(5)));
    }

    private static void cutRows(Connection connection, Map<Long, LedgerBook> books) throws SQLException {
        forEach(
                connection,
                books,
                "SELECT stream_id, class, ledger_row, container, captured, filtered FROM cut_row",
                (book, row) ->
                        book.cutRow(row.getInt(2), row.getInt(3), row.getString(4), row.getLong(5), row.getLong(6)));
    }

    private static void delivered(Connection connection, Map<Long, LedgerBook> books) throws SQLException {
        forEach(
                connection,
                books,
                "SELECT stream_id, class, ledger_row, count FROM delivered",
                (book, row) -> book.delivered(row.getInt(2), row.getInt(3), row.getLong(4)));
    }

    private static void losses(Connection connection, Map<Long, LedgerBook> books) throws SQLException {
        forEach(
                connection,
                books,
                "SELECT stream_id, class, ledger_row, reason, accuracy, reporter, container, count, "
                        + "first_time_boot_ns, last_time_boot_ns, detail FROM loss",
                (book, row) -> book.loss(
                        row.getInt(3),
                        new LossLine(
                                row.getInt(2),
                                row.getString(7),
                                row.getInt(4),
                                row.getInt(5),
                                row.getLong(8),
                                row.getString(6),
                                row.getString(11),
                                row.getLong(9),
                                row.getLong(10))));
    }
}
