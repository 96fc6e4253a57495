/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A copy of the running server's files from which it starts again (PostgreSQL's low-level backup: the files as they change,
 * and the log of the changes made meanwhile). The server goes on working.
 */
public final class BaseBackup {
    /** What is made anew at a start; of these directories the copy has the empty directory only. */
    private static final Set<String> EMPTY = Set.of(
            "pg_wal",
            "pg_dynshmem",
            "pg_notify",
            "pg_replslot",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map", "pg_internal.init");
    /** Copied at the end of the data: what it says must not be older than the rest. */
    private static final Path CONTROL = Path.of("global/pg_control");

    private static final Pattern FIRST_SEGMENT = Pattern.compile("START WAL LOCATION: \\S+ \\(file ([0-9A-F]{24})\\)");
    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");

    private final PostgresOptions options;
    private final Sink sink;

    private BaseBackup(PostgresOptions options, Sink sink) {
        this.options = options;
        this.sink = sink;
    }

    /** Takes the copy; names are relative to the server's data directory. */
    public interface Sink {
        void directory(Path name) throws IOException;

        /** A file that may grow, shrink or vanish while it is read; what is read of it is good. */
        void file(Path name, Path source) throws IOException;

        void text(Path name, String content) throws IOException;
    }

    /** @throws PostgresException also when no server runs on {@code options} */
    public static void copy(PostgresOptions options, Sink sink) throws PostgresException, IOException {
        Path socket = DataDirectory.socket(options);
        if (!Files.exists(socket)) {
            throw new PostgresException("No PostgreSQL runs on " + options.home()
                    + ": a backup is taken of a backend that runs. Start it, then try again.");
        }
        String password = Passwords.of(DataDirectory.superuserPassword(options));
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost/postgres",
                        EmbeddedPostgres.socketProperties(socket, "postgres", password));
                Statement statement = connection.createStatement()) {
            new BaseBackup(options, sink).copy(statement);
        } catch (SQLException e) {
            throw new PostgresException("PostgreSQL refused the backup: " + e.getMessage(), e);
        }
    }

    private void copy(Statement statement) throws SQLException, IOException {
        // Keeps the log that is written meanwhile; it goes with the connection.
        statement.execute("SELECT pg_create_physical_replication_slot('defender_backup', true, true)");
        statement.execute("SELECT pg_backup_start('defender', true)");
        copyData();
        String label;
        String last;
        try (ResultSet end =
                statement.executeQuery("SELECT labelfile, pg_walfile_name(lsn) FROM pg_backup_stop(false)")) {
            end.next();
            label = end.getString(1);
            last = end.getString(2);
        }
        sink.text(Path.of("backup_label"), label);
        copyLog(label, last);
    }

    private void copyData() throws IOException {
        List<Path> found;
        try (Stream<Path> walked = Files.walk(options.data())) {
            found = walked.map(options.data()::relativize)
                    .filter(BaseBackup::wanted)
                    .sorted()
                    .toList();
        }
        for (Path name : found) {
            if (!name.equals(CONTROL)) {
                copy(name);
            }
        }
        copy(CONTROL);
    }

    private void copy(Path name) throws IOException {
        Path source = options.data().resolve(name);
        if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
            sink.directory(name);
            return;
        }
        try {
            sink.file(name, source);
        } catch (NoSuchFileException gone) {
            // A table that was dropped meanwhile: the log says so too.
        }
    }

    private static boolean wanted(Path name) {
        if (name.toString().isEmpty()) {
            return false;
        }
        boolean inEmpty =
                name.getNameCount() > 1 && EMPTY.contains(name.getName(0).toString());
        return !inEmpty
                && !LEFT_OUT.contains(name.getFileName().toString())
                && Stream.iterate(name, java.util.Objects::nonNull, Path::getParent)
                        .noneMatch(part -> part.getFileName().toString().startsWith("pgsql_tmp"));
    }

    private void copyLog(String label, String last) throws IOException {
        Matcher first = FIRST_SEGMENT.matcher(label);
        if (!first.find()) {
            throw new IOException("PostgreSQL's backup label names no segment of the log: " + label.strip());
        }
        try (Stream<Path> segments = Files.list(options.data().resolve("pg_wal"))) {
            for (Path segment : (Iterable<Path>) segments.sorted()::iterator) {
                String name = segment.getFileName().toString();
                if (SEGMENT.matcher(name).matches()
                        && name.compareTo(first.group(1)) >= 0
                        && name.compareTo(last) <= 0) {
                    sink.file(Path.of("pg_wal", name), segment);
                }
            }
        }
    }

    /** Gives a copy that was written by root to the account that the server will run as. */
    public static void claim(PostgresOptions options) throws PostgresException, IOException {
        Account account = Account.resolve(options.user());
        try (Stream<Path> copied = Files.walk(options.data())) {
            for (Path path : (Iterable<Path>) copied::iterator) {
                account.own(path);
            }
        }
    }
}
