/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import dev.defender.publisher.http.Endpoint;
import dev.defender.publisher.identity.Onboarding;
import dev.defender.publisher.intake.PeerTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line.
 *
 * @param miscSocket null where collector-misc does not connect
 * @param drainSeconds 0 to serve until stopped
 */
record Options(
        Path socket,
        @Nullable Path miscSocket,
        Path spool,
        long spoolMaxBytes,
        Onboarding onboarding,
        Path identity,
        String node,
        PeerTable peers,
        PeerTable miscPeers,
        InetSocketAddress health,
        long drainSeconds) {

    static final String HELP = """
            publisher: spools what the sensor sends and ships it to the backend
              --socket=PATH            unix socket that the sensor connects to (default /run/defender/publisher/sensor.sock)
              --allow-uid=UID:PREFIX   who may connect there and speak for which producers, comma-separated (default 0:sensor)
              --misc-socket=PATH       unix socket that collector-misc connects to (default: none)
              --allow-misc-uid=UID:PREFIX  the same for that socket (default 65533:misc)
              --spool=DIR              spool on the node's disk (default /var/lib/defender/publisher)
              --spool-max-bytes=N      most that the spool takes (default 268435456); never more than a tenth of the free disk
              --onboarding=DIR         directory with endpoint, ca.pem and enrolment-token, as an onboarding Secret is mounted;
                                       instead of the next three, which are otherwise required
              --endpoint=URL           the backend, https://host:port
              --ca=FILE                CA certificates in PEM that the backend's certificate must come from
              --enrol-token-file=FILE  the cluster's enrolment token
              --node-token-file=FILE   what proves this node at enrolment: a ServiceAccount token for the audience
                                       defender-backend (default: none)
              --identity=DIR           where the node's key and certificate are kept (default SPOOL/identity)
              --node=NAME              name of this node (default: host name)
              --health=HOST:PORT       /healthz, /readyz and /metrics (default 127.0.0.1:9464; "off" for none)
              --drain=SECONDS          serve nobody: ship what is spooled, for at most so long, and end
            HTTPS_PROXY and NO_PROXY are honoured. Files are read again while it runs.""";

    private static final List<String> NAMES = List.of(
            "socket",
            "allow-uid",
            "misc-socket",
            "allow-misc-uid",
            "spool",
            "spool-max-bytes",
            "onboarding",
            "endpoint",
            "ca",
            "enrol-token-file",
            "node-token-file",
            "identity",
            "node",
            "health",
            "drain");
    private static final long DEFAULT_SPOOL_BYTES = 256L << 20;
    private static final long MIN_SPOOL_BYTES = 1L << 20;
    private static final long MAX_DRAIN_SECONDS = 86_400;

    static Options parse(String[] args) throws IOException {
        Map<String, String> given = given(args);
        Path spool = Path.of(or(given, "spool", "/var/lib/defender/publisher"));
        String misc = or(given, "misc-socket", "");
        String node = or(given, "node", "");
        return new Options(
                Path.of(or(given, "socket", "/run/defender/publisher/sensor.sock")),
                misc.isEmpty() ? null : Path.of(misc),
                spool,
                number(given, "spool-max-bytes", DEFAULT_SPOOL_BYTES, MIN_SPOOL_BYTES, Long.MAX_VALUE),
                onboarding(given),
                Path.of(or(given, "identity", spool.resolve("identity").toString())),
                node.isEmpty() ? InetAddress.getLocalHost().getHostName() : node,
                PeerTable.parse("--allow-uid", or(given, "allow-uid", "0:sensor")),
                PeerTable.parse("--allow-misc-uid", or(given, "allow-misc-uid", "65533:misc")),
                address(or(given, "health", "127.0.0.1:9464")),
                number(given, "drain", 0, 1, MAX_DRAIN_SECONDS));
    }

    /** What was given, by name; an unknown name is complained about before a missing or senseless value is. */
    private static Map<String, String> given(String[] args) {
        Map<String, String> given = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String name = arg.startsWith("--") ? arg.substring(2, equals < 0 ? arg.length() : equals) : "";
            if (!name.isEmpty() && !NAMES.contains(name)) {
                throw new IllegalArgumentException("there is no option --" + name + "; --help lists those there are");
            }
            if (name.isEmpty() || equals < 0) {
                throw new IllegalArgumentException("\"" + arg + "\" is not of the form --option=value");
            }
            given.put(name, arg.substring(equals + 1));
        }
        return given;
    }

    private static Onboarding onboarding(Map<String, String> given) {
        String nodeToken = or(given, "node-token-file", "");
        Path nodeTokenFile = nodeToken.isEmpty() ? null : Path.of(nodeToken);
        String directory = or(given, "onboarding", "");
        if (directory.isEmpty()) {
            return Onboarding.files(
                    Endpoint.parse(required(given, "endpoint")),
                    Path.of(required(given, "ca")),
                    Path.of(required(given, "enrol-token-file")),
                    nodeTokenFile);
        }
        for (String name : List.of("endpoint", "ca", "enrol-token-file")) {
            if (given.containsKey(name)) {
                throw new IllegalArgumentException("--" + name + " and --onboarding are both given; --onboarding="
                        + directory + " has it already");
            }
        }
        return Onboarding.directory(Path.of(directory), nodeTokenFile);
    }

    private static String or(Map<String, String> given, String name, String fallback) {
        return given.getOrDefault(name, fallback);
    }

    private static String required(Map<String, String> given, String name) {
        String value = or(given, name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("--" + name + " is missing; --help says what it is");
        }
        return value;
    }

    private static long number(Map<String, String> given, String name, long fallback, long min, long max) {
        String text = given.get(name);
        if (text == null) {
            return fallback;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--" + name + "=" + text + " is not a number", e);
        }
        throw new IllegalArgumentException("--" + name + "=" + text + " is not between " + min + " and " + max);
    }

    /** Port 0 means any; "off" is port −1, which no address has, so unresolved with port 0 and no host. */
    private static InetSocketAddress address(String text) {
        if (text.equals("off")) {
            return InetSocketAddress.createUnresolved("off", 0);
        }
        int colon = text.lastIndexOf(':');
        try {
            if (colon > 0) {
                return new InetSocketAddress(
                        text.substring(0, colon), Integer.parseInt(text, colon + 1, text.length(), 10));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--health=" + text + " has no port between 0 and 65535", e);
        }
        throw new IllegalArgumentException("--health=" + text + " is not of the form host:port");
    }
}
