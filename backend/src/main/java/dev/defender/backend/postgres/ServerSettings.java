/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The server's configuration, written anew at each start so that an upgrade of the backend brings its own. */
final class ServerSettings {
    /** Client programs find the socket by this number; nothing listens on a port. */
    static final int PORT = 5432;

    private static final String AUTHENTICATION = """
            # Written by the Defender backend at each start. Passwords only, and no network.
            local all all scram-sha-256
            """;

    private ServerSettings() {}

    static void write(PostgresOptions options, Account account) throws IOException {
        String settings = """
                # Written by the Defender backend at each start; put changes into local.conf beside this file.
                listen_addresses = ''
                port = %d
                unix_socket_directories = '%s'
                unix_socket_permissions = 0700
                password_encryption = 'scram-sha-256'
                max_connections = 24
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                recovery_init_sync_method = syncfs
                shared_buffers = 64MB
                work_mem = 8MB
                maintenance_work_mem = 64MB
                max_wal_size = 1GB
                checkpoint_timeout = 10min
                wal_buffers = 8MB
                jit = off
                max_parallel_workers_per_gather = 0
                max_worker_processes = 2
                max_logical_replication_workers = 0
                autovacuum_max_workers = 1
                timezone = 'UTC'
                lc_messages = 'C'
                log_timezone = 'UTC'
                log_line_prefix = '%%m [%%p] '
                log_min_error_statement = panic
                log_error_verbosity = terse
                include_if_exists = 'local.conf'
                """.formatted(PORT, options.run().toString().replace("'", "''"));
        replace(options.data().resolve("postgresql.conf"), settings, account);
        replace(options.data().resolve("pg_hba.conf"), AUTHENTICATION, account);
    }

    private static void replace(Path file, String content, Account account) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, content);
        account.own(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
