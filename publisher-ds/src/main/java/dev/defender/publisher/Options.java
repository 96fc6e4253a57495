/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import dev.defender.publisher.http.Endpoint;
import dev.defender.publisher.intake.PeerTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The command line. */
record Options(
        Path socket,
        Path spool,
        long spoolMaxBytes,
        Endpoint endpoint,
        Path ca,
        Path enrolToken,
        Path identity,
        String node,
        PeerTable peers,
        InetSocketAddress health) {

    static final String HELP = """
            publisher: spools what the sensor sends and ships it to the backend
              --socket=PATH            unix socket that producers connect to (default /run/defender/publisher/sensor.sock)
              --spool=DIR              spool on the node's disk (default /var/lib/defender/publisher)
              --spool-max-bytes=N      most that the spool takes (default 268435456); never more than a tenth of the free disk
              --endpoint=URL           the backend, https://host:port (required)
              --ca=FILE                CA certificates in PEM that the backend's certificate must come from (required)
              --enrol-token-file=FILE  the cluster's enrolment token (required)
              --identity=DIR           where the node's key and certificate are kept (default SPOOL/identity)
              --node=NAME              name of this node (default: host name)
              --allow-uid=UID:PREFIX   who may connect and speak for which producers, comma-separated (default 0:sensor)
              --health=HOST:PORT       /healthz, /readyz and /metrics (default 127.0.0.1:9464; "off" for none)
            HTTPS_PROXY and NO_PROXY are honoured.""";

    private static final long DEFAULT_SPOOL_BYTES = 256L << 20;
    private static final long MIN_SPOOL_BYTES = 1L << 20;

    static Options parse(String[] args) throws IOException {
        Map<String, String> given = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 3) {
                throw new IllegalArgumentException("\"" + arg + "\" is not of the form --option=value");
            }
            given.put(arg.substring(2, equals), arg.substring(equals + 1));
        }
        Path spool = Path.of(take(given, "spool", "/var/lib/defender/publisher"));
        Options options = new Options(
                Path.of(take(given, "socket", "/run/defender/publisher/sensor.sock")),
                spool,
                bytes(take(given, "spool-max-bytes", Long.toString(DEFAULT_SPOOL_BYTES))),
                Endpoint.parse(required(given, "endpoint")),
                Path.of(required(given, "ca")),
                Path.of(required(given, "enrol-token-file")),
                Path.of(take(given, "identity", spool.resolve("identity").toString())),
                take(given, "node", ""),
                PeerTable.parse(take(given, "allow-uid", "0:sensor")),
                address(take(given, "health", "127.0.0.1:9464")));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no option --" + given.keySet().iterator().next() + "; --help lists those there are");
        }
        return options.node.isEmpty() ? options.withNode(hostName()) : options;
    }

    private Options withNode(String name) {
        return new Options(socket, spool, spoolMaxBytes, endpoint, ca, enrolToken, identity, name, peers, health);
    }

    private static String hostName() throws IOException {
        return InetAddress.getLocalHost().getHostName();
    }

    private static String take(Map<String, String> given, String name, String fallback) {
        String value = given.remove(name);
        return value == null ? fallback : value;
    }

    private static String required(Map<String, String> given, String name) {
        String value = take(given, name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException("--" + name + " is missing; --help says what it is");
        }
        return value;
    }

    private static long bytes(String text) {
        try {
            long bytes = Long.parseLong(text);
            if (bytes >= MIN_SPOOL_BYTES) {
                return bytes;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--spool-max-bytes=" + text + " is not a number", e);
        }
        throw new IllegalArgumentException("--spool-max-bytes=" + text + " is less than " + MIN_SPOOL_BYTES);
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
