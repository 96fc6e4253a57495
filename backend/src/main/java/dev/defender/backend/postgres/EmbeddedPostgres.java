/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own: durable (fsync and synchronous commit on), reachable only through a Unix socket and
 * only with a password, unprivileged, restarted when it dies, its data kept. Dies with this process, and one that did
 * not is stopped at the next start.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);

    private final FileChannel lock;
    private final Supervisor supervisor;
    private final PostgresEndpoint endpoint;

    private EmbeddedPostgres(FileChannel lock, Supervisor supervisor, PostgresEndpoint endpoint) {
        this.lock = lock;
        this.supervisor = supervisor;
        this.endpoint = endpoint;
    }

    /** Blocks until the server accepts connections and its database exists: about two seconds on a fresh directory. */
    public static EmbeddedPostgres start(PostgresOptions options) throws PostgresException {
        FileChannel lock = lock(options);
        boolean started = false;
        try {
            Account account = Account.resolve(options.user());
            ServerCommand command = new ServerCommand(account, Distribution.unpack(options.distribution()));
            stopOrphan(options, command);
            new DataDirectory(options, command).prepare();
            Supervisor supervisor = new Supervisor(options, command);
            supervisor.start().join();
            try {
                PostgresEndpoint endpoint = Provisioning.provision(options, DataDirectory.socket(options));
                started = true;
                return new EmbeddedPostgres(lock, supervisor, endpoint);
            } finally {
                if (!started) {
                    supervisor.stop();
                }
            }
        } catch (CompletionException e) {
            throw e.getCause() instanceof PostgresException known ? known : new PostgresException(e.toString(), e);
        } finally {
            if (!started) {
                release(lock);
            }
        }
    }

    /** The backend's database, as a role that owns it and nothing else. */
    public PostgresEndpoint endpoint() {
        return endpoint;
    }

    public boolean ready() {
        return supervisor.ready();
    }

    /** How many times the server ended by itself and was started again. */
    public long restarts() {
        return supervisor.restarts();
    }

    /** Process id of the server, 0 while there is none. */
    public long pid() {
        return supervisor.pid();
    }

    @Override
    public void close() throws PostgresException {
        try {
            supervisor.stop();
        } finally {
            release(lock);
        }
    }

    private static FileChannel lock(PostgresOptions options) throws PostgresException {
        try {
            if (!Files.isDirectory(options.home())) {
                Files.createDirectories(options.home());
                Files.setPosixFilePermissions(options.home(), PosixFilePermissions.fromString("rwx--x--x"));
            }
            FileChannel channel = FileChannel.open(
                    options.home().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = tryLock(channel);
            if (held == null) {
                channel.close();
                throw new PostgresException(
                        "Another backend runs on " + options.home() + "; stop it or choose another --data directory.");
            }
            return channel;
        } catch (IOException e) {
            throw new PostgresException("PostgreSQL's directory " + options.home() + " cannot be used: " + e + ".", e);
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The lock of PostgreSQL's directory could not be released: {}", e.getMessage());
        }
    }

    private static void stopOrphan(PostgresOptions options, ServerCommand command) throws PostgresException {
        if (Postmaster.running(options.data()).isPresent()) {
            LOG.warn("A PostgreSQL server of an earlier run still works on {}; stopping it", options.data());
            Supervisor.stopServer(command, options);
        }
    }

    static Properties socketProperties(Path socket, String user, String password) {
        Properties properties = PostgresEndpoint.credentials(user, password);
        properties.setProperty("socketFactory", UnixSocketFactory.class.getName());
        properties.setProperty("socketFactoryArg", socket.toString());
        properties.setProperty("sslmode", "disable");
        return properties;
    }
}
