/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The command line.
 *
 * @param uninstall delete all profiles, wait until nothing of them is left, and end
 * @param timeout of that
 */
record Options(Path config, InetSocketAddress health, boolean uninstall, Duration timeout) {
    static final String HELP = """
            operator: rolls out what a DefenderProfile asks for
              --config=FILE       configuration (default /etc/defender/operator.yaml)
              --health=HOST:PORT  /healthz, /readyz and /metrics (default 0.0.0.0:8080)
              --uninstall         delete every profile, wait until its components and what they left on nodes are gone, and end
              --timeout=SECONDS   how long that may take (default 300)
            The namespace is read from POD_NAMESPACE; the API server is found as by every client in a pod, or by KUBECONFIG.""";

    private static final String UNINSTALL = "--uninstall";
    private static final String DEFAULT_TIMEOUT = "300";

    static Options parse(String[] args) {
        Map<String, String> given = new HashMap<>();
        boolean uninstall = false;
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (arg.equals(UNINSTALL)) {
                uninstall = true;
            } else if (!arg.startsWith("--") || equals < 3) {
                throw new IllegalArgumentException("\"" + arg + "\" is not of the form --option=value");
            } else {
                given.put(arg.substring(2, equals), arg.substring(equals + 1));
            }
        }
        Options options = new Options(
                Path.of(take(given, "config", "/etc/defender/operator.yaml")),
                address(take(given, "health", "0.0.0.0:8080")),
                uninstall,
                seconds(take(given, "timeout", DEFAULT_TIMEOUT)));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no option --" + given.keySet().iterator().next() + "; --help lists those there are");
        }
        return options;
    }

    private static String take(Map<String, String> given, String name, String fallback) {
        String value = given.remove(name);
        return value == null ? fallback : value;
    }

    private static Duration seconds(String text) {
        try {
            int seconds = Integer.parseInt(text);
            if (seconds > 0) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--timeout=" + text + " is not a number of seconds", e);
        }
        throw new IllegalArgumentException("--timeout=" + text + " is less than a second");
    }

    private static InetSocketAddress address(String text) {
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
