/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The command line.
 *
 * @param socket the publisher's
 * @param host,port of the API server
 * @param ca PEM file
 * @param token file of the service account's token
 */
record Options(Path socket, String host, int port, Path ca, Path token) {
    static final String HELP = """
            usage: misc --socket=PATH [options]

            Lists and watches the cluster's inventory and security events, and sends them to the publisher of this node.

              --socket=PATH        the publisher's socket for this producer
                                   (default /run/defender/misc/misc.sock)
              --api-server=URL     https://host:port (default: KUBERNETES_SERVICE_HOST and _PORT)
              --ca=FILE            CA of the API server, PEM
                                   (default /var/run/secrets/kubernetes.io/serviceaccount/ca.crt)
              --token-file=FILE    token that names us to the API server; read again every minute
                                   (default /var/run/secrets/kubernetes.io/serviceaccount/token)
              --help               this text
            """;

    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";
    private static final String HTTPS = "https://";
    private static final int MAX_PORT = 65_535;

    /** @throws IllegalArgumentException with one sentence that says what is wrong */
    static Options parse(String[] args, Map<String, String> environment) {
        Map<String, String> given = new HashMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 3) {
                throw new IllegalArgumentException(
                        "\"" + arg + "\" is not of the form --key=value; --help lists the options");
            }
            given.put(arg.substring(2, equals), arg.substring(equals + 1));
        }
        String server = take(given, "api-server", fromEnvironment(environment));
        String authority = server.startsWith(HTTPS) ? server.substring(HTTPS.length()) : "";
        int colon = authority.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("--api-server=" + server
                    + " is not of the form https://host:port; inside of a pod it may be left out");
        }
        String host = authority.substring(0, colon);
        Options options = new Options(
                Path.of(take(given, "socket", "/run/defender/misc/misc.sock")),
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                port(authority.substring(colon + 1)),
                Path.of(take(given, "ca", ACCOUNT + "ca.crt")),
                Path.of(take(given, "token-file", ACCOUNT + "token")));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no option --" + given.keySet().iterator().next() + "; --help lists those there are");
        }
        return options;
    }

    private static String fromEnvironment(Map<String, String> environment) {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "");
        if (host.isEmpty() || port.isEmpty()) {
            return "";
        }
        return HTTPS + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--api-server: \"" + text + "\" is not a port", e);
        }
        throw new IllegalArgumentException("--api-server: \"" + text + "\" is not a port");
    }

    private static String take(Map<String, String> given, String name, String fallback) {
        String value = given.remove(name);
        return value == null ? fallback : value;
    }
}
