/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.database;

import dev.defender.backend.postgres.ServerDirectories;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** One real server for all tests of this JVM, which keep apart by the names of their clusters. Keeps old events. */
public final class SharedDatabase {
    private static final Path ROOT = directory();
    private static final Database DATABASE = open();

    private SharedDatabase() {}

    public static Database get() {
        return DATABASE;
    }

    private static Path directory() {
        try {
            return ServerDirectories.create();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Database open() {
        try {
            Database database = Database.open(
                    new DatabaseOptions(
                            ROOT.resolve("data"),
                            null,
                            null,
                            null,
                            null,
                            ServerDirectories.distribution(),
                            Duration.ofDays(20_000)),
                    new SimpleMeterRegistry());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(database)));
            return database;
        } catch (DatabaseStartException e) {
            deleteDirectory();
            throw new IllegalStateException(e);
        }
    }

    private static void close(Database database) {
        database.close();
        deleteDirectory();
    }

    private static void deleteDirectory() {
        try {
            ServerDirectories.delete(ROOT);
        } catch (IOException e) {
            System.err.println("left behind: " + ROOT + ": " + e.getMessage());
        }
    }
}
