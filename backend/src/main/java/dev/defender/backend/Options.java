/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend;

import dev.defender.backend.database.DatabaseOptions;
import dev.defender.backend.pki.ServerNames;
import dev.defender.backend.service.ServiceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The command line, {@code --key=value} each. */
final class Options {
    static final String HELP = """
            Usage: backend --data=DIR [options]

              --data=DIR                 keys, tokens and the database live here; made on the first run
              --listen=HOST:PORT         address of the HTTPS port (default 127.0.0.1:8443)
              --tls-names=NAME[,..]      further host names and addresses of the server certificate
              --tls-certificate=FILE     certificate of the server, PEM with its chain, instead of one of the backend's own CA
              --tls-key=FILE             its key; both are read again when they change
              --jdbc-url=URL             use this PostgreSQL instead of the embedded one
              --jdbc-user=NAME           role at that server
              --jdbc-password-file=FILE  holds that role's password
              --user=NAME                account of the embedded PostgreSQL when started as root (default nobody)
              --postgres-dist=DIR        the binaries of the embedded PostgreSQL, unpacked there if need be (default DIR/postgres/dist)
              --retention-days=N         how long events are kept (default 3)
              --show=ca|viewer|admin     print the CA's certificate or that token from --data, and end
              --backup=FILE              write all of a running backend to FILE (- is standard output), and end
              --restore=FILE             make --data from such a backup (- is standard input), and end
              --restore=await            serve once somebody else has done that
              --help                     this text
            """;

    private static final List<String> KNOWN = List.of(
            "data",
            "listen",
            "tls-names",
            "tls-certificate",
            "tls-key",
            "jdbc-url",
            "jdbc-user",
            "jdbc-password-file",
            "user",
            "postgres-dist",
            "retention-days",
            "show",
            "backup",
            "restore");
    private static final int MAX_RETENTION_DAYS = 3650;

    private final Map<String, String> values = new HashMap<>();

    private Options() {}

    /** @throws UsageException with one sentence */
    static Options parse(String... arguments) throws UsageException {
        Options options = new Options();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String key = argument.startsWith("--") && equals > 0 ? argument.substring(2, equals) : "";
            if (!KNOWN.contains(key)) {
                throw new UsageException("unknown option " + argument + "; options are --key=value, see --help");
            }
            if (options.values.put(key, argument.substring(equals + 1)) != null) {
                throw new UsageException("option --" + key + " is given twice");
            }
        }
        if (options.values.getOrDefault("data", "").isEmpty()) {
            throw new UsageException("--data=DIR is needed: the directory where keys, tokens and the database live");
        }
        return options;
    }

    Path data() {
        return Path.of(values.getOrDefault("data", "")).toAbsolutePath().normalize();
    }

    /** Where a backup goes to; "-" is standard output. */
    @Nullable
    String backup() {
        return values.get("backup");
    }

    /** Where a backup comes from: "-" is standard input, "await" another process. */
    @Nullable
    String restore() {
        return values.get("restore");
    }

    /** Whether somebody else runs the database. */
    boolean external() {
        return values.containsKey("jdbc-url");
    }

    DatabaseOptions database() throws UsageException {
        DatabaseOptions database = new DatabaseOptions(
                data(),
                values.get("jdbc-url"),
                values.get("jdbc-user"),
                path("jdbc-password-file"),
                values.get("user"),
                path("postgres-dist"),
                Duration.ofDays(days()));
        String complaint = database.complaint();
        if (complaint != null) {
            throw new UsageException(complaint);
        }
        return database;
    }

    ServiceOptions service() throws UsageException {
        List<String> names = Stream.of(values.getOrDefault("tls-names", "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        try {
            ServerNames.withLoopback(names);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--tls-names: " + e.getMessage());
        }
        return new ServiceOptions(
                data(),
                ListenAddress.parse(values.getOrDefault("listen", "127.0.0.1:8443")),
                names,
                given(),
                ServiceOptions.NODE_CERTIFICATE_LIFETIME,
                ServiceOptions.defaultInflightBytes());
    }

    private ServiceOptions.@Nullable GivenFiles given() throws UsageException {
        Path certificate = path("tls-certificate");
        Path key = path("tls-key");
        if (certificate == null && key == null) {
            return null;
        }
        if (certificate == null || key == null) {
            throw new UsageException("--tls-certificate and --tls-key go together");
        }
        return new ServiceOptions.GivenFiles(certificate, key);
    }

    /** The file that is to be shown instead of running; null = run. */
    @Nullable
    Path show() throws UsageException {
        String what = values.get("show");
        return what == null
                ? null
                : switch (what) {
                    case "ca" -> data().resolve("pki/ca.pem");
                    case "viewer", "admin" -> data().resolve("tokens").resolve(what);
                    default -> throw new UsageException("--show is ca, viewer or admin, not " + what);
                };
    }

    private long days() throws UsageException {
        String days = values.getOrDefault("retention-days", "");
        if (days.isEmpty()) {
            return DatabaseOptions.DEFAULT_RETENTION.toDays();
        }
        if (!days.matches("[0-9]{1,4}") || Integer.parseInt(days) < 1 || Integer.parseInt(days) > MAX_RETENTION_DAYS) {
            throw new UsageException("--retention-days must be a whole number from 1 to " + MAX_RETENTION_DAYS);
        }
        return Integer.parseInt(days);
    }

    private @Nullable Path path(String key) {
        String value = values.get(key);
        return value == null ? null : Path.of(value).toAbsolutePath().normalize();
    }
}
