/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend;

import java.net.InetSocketAddress;

/** The value of {@code --listen}. */
final class ListenAddress {
    private ListenAddress() {}

    /** Reads "host:port", "1.2.3.4:port" or "[address]:port". */
    static InetSocketAddress parse(String text) throws UsageException {
        int colon = text.lastIndexOf(':');
        String host = colon < 1 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            host = "";
        }
        if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new UsageException("--listen must be host:port with a port from 0 to 65535, such as 127.0.0.1:8443");
        }
        return InetSocketAddress.createUnresolved(host, Integer.parseInt(port));
    }

    /** How a client on this host reaches it. @param port the one in use */
    static String url(InetSocketAddress listen, int port) {
        String host = listen.getHostString();
        if (host.equals("0.0.0.0") || host.equals("::")) {
            host = "localhost";
        }
        return "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
