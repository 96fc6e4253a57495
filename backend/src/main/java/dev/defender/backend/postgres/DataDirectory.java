/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The directories of one server: makes them, and makes the database cluster in them when there is none. */
final class DataDirectory {
    /** {@code sockaddr_un.sun_path} holds 107 bytes and a NUL. */
    private static final int LONGEST_SOCKET_PATH = 107;

    private final PostgresOptions options;
    private final ServerCommand command;

    DataDirectory(PostgresOptions options, ServerCommand command) {
        this.options = options;
        this.command = command;
    }

    /** Leaves a cluster that can be started; an initialisation that was cut short is begun again. */
    void prepare() throws PostgresException {
        int length = socket(options).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        if (length > LONGEST_SOCKET_PATH) {
            throw new PostgresException("The path of PostgreSQL's socket, " + socket(options) + ", has " + length
                    + " bytes and the system allows " + LONGEST_SOCKET_PATH + "; choose a shorter --data directory.");
        }
        try {
            reachable();
            privateDirectory(options.run());
            if (!Files.exists(options.data().resolve("PG_VERSION"))) {
                initialise();
            }
            refuseOtherMajor();
            ServerSettings.write(options, command.account());
        } catch (IOException e) {
            throw new PostgresException(
                    "PostgreSQL's directory " + options.home() + " cannot be prepared: " + e + ".", e);
        }
    }

    static Path socket(PostgresOptions options) {
        return options.run().resolve(".s.PGSQL." + ServerSettings.PORT);
    }

    static Path superuserPassword(PostgresOptions options) {
        return options.home().resolve("superuser-password");
    }

    private void reachable() throws PostgresException, IOException {
        try {
            command.run("postgres", List.of("--version"));
        } catch (PostgresException e) {
            throw unreachable(options.distribution(), e);
        }
        for (Path p = options.home(); p != null && command.account().switchNeeded(); p = p.getParent()) {
            if (!command.account().mayEnter(p)) {
                throw unreachable(options.home(), new PostgresException("may not enter " + p));
            }
        }
    }

    private PostgresException unreachable(Path target, PostgresException cause) throws IOException {
        for (Path p = target; p != null; p = p.getParent()) {
            if (Files.exists(p) && !command.account().mayEnter(p)) {
                return new PostgresException(
                        "PostgreSQL runs as '" + command.account().name() + "', who may not enter " + p
                                + " on the way to "
                                + target + "; choose a --data directory below directories that everyone may enter, "
                                + "for example /var/lib/defender, or run the backend as the owner of that directory.",
                        cause);
            }
        }
        return cause;
    }

    private void initialise() throws IOException, PostgresException {
        discardPartial();
        Path partial = options.home().resolve("data.partial");
        privateDirectory(partial);
        Path passwordFile = options.home().resolve("data.partial.password");
        Passwords.write(passwordFile, Passwords.of(superuserPassword(options)));
        try {
            command.account().own(passwordFile);
            command.run(
                    "initdb",
                    List.of(
                            "--pgdata=" + partial,
                            "--username=postgres",
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--data-checksums",
                            "--no-sync"));
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        command.run("initdb", List.of("--pgdata=" + partial, "--sync-only", "--sync-method=syncfs"));
        Files.move(partial, options.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private void discardPartial() throws IOException {
        try (Stream<Path> left = Files.list(options.home())) {
            for (Path path : left.filter(p -> p.getFileName().toString().startsWith("data.partial"))
                    .toList()) {
                Trees.delete(path);
            }
        }
    }

    private void refuseOtherMajor() throws IOException, PostgresException {
        String version = Files.readString(options.data().resolve("PG_VERSION")).strip();
        if (!version.equals("18")) {
            throw new PostgresException("The data in " + options.data() + " was written by PostgreSQL " + version
                    + " and this backend carries PostgreSQL 18; upgrade it with pg_upgrade or choose another --data.");
        }
    }

    private void privateDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        command.account().own(directory);
    }
}
