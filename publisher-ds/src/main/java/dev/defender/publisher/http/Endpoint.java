/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.http;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The backend's address.
 *
 * @param host name, IPv4 or IPv6 address without brackets
 * @param port TCP port
 * @param basePath empty, or what the URL has in front of every path, without a trailing slash
 */
public record Endpoint(String host, int port, String basePath) {
    private static final int HTTPS = 443;

    /** @throws IllegalArgumentException if the text is not an https URL; the message says what is wrong */
    public static Endpoint parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a URL: " + e.getReason(), e);
        }
        String host = uri.getHost();
        if (!"https".equals(uri.getScheme())
                || host == null
                || uri.getRawQuery() != null
                || uri.getUserInfo() != null) {
            throw new IllegalArgumentException("\"" + text + "\" is not of the form https://host:port");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return new Endpoint(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? HTTPS : uri.getPort(),
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /** Host and port as a Host header or a CONNECT line has them. */
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
