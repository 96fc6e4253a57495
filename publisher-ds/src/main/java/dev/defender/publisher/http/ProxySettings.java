/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTPS_PROXY and NO_PROXY (or in lower case, which wins), read as curl does: NO_PROXY is {@code *} or a list of names
 * (each also stands for what ends in {@code .name}), addresses, and address blocks ({@code 10.0.0.0/8}); an entry may
 * carry a port.
 */
public final class ProxySettings {
    /**
     * Where to CONNECT.
     *
     * @param authorization value of Proxy-Authorization; empty if the proxy wants none
     */
    public record Proxy(String host, int port, String authorization) {}

    private static final int DEFAULT_PORT = 3128;

    private final @Nullable Proxy proxy;
    private final String[] exceptions;

    private ProxySettings(@Nullable Proxy proxy, String[] exceptions) {
        this.proxy = proxy;
        this.exceptions = exceptions;
    }

    /** @throws IllegalArgumentException if the proxy's URL cannot be used; the message does not show its password */
    public static ProxySettings from(Map<String, String> environment) {
        String url = either(environment, "https_proxy", "HTTPS_PROXY");
        String except = either(environment, "no_proxy", "NO_PROXY");
        return new ProxySettings(
                url.isEmpty() ? null : parse(url), except.isEmpty() ? new String[0] : except.split("[, ]+", -1));
    }

    /** The proxy for this endpoint; null to connect directly. */
    public @Nullable Proxy proxyFor(Endpoint endpoint) {
        if (proxy == null) {
            return null;
        }
        for (String exception : exceptions) {
            if (covers(exception, endpoint)) {
                return null;
            }
        }
        return proxy;
    }

    private static boolean covers(String exception, Endpoint endpoint) {
        String entry = exception.toLowerCase(Locale.ROOT);
        if (entry.isEmpty()) {
            return false;
        }
        if (entry.equals("*")) {
            return true;
        }
        String port = ":" + endpoint.port();
        if (entry.endsWith(port) && entry.indexOf(':') == entry.length() - port.length()) {
            entry = entry.substring(0, entry.length() - port.length());
        }
        String name = entry.startsWith("*.") ? entry.substring(2) : entry.startsWith(".") ? entry.substring(1) : entry;
        String host = endpoint.host().toLowerCase(Locale.ROOT);
        return host.equals(name) || host.endsWith("." + name) || inBlock(host, entry);
    }

    private static boolean inBlock(String host, String block) {
        int slash = block.indexOf('/');
        byte[] address = literal(host);
        byte[] network = literal(slash < 0 ? block : block.substring(0, slash));
        if (address == null || network == null || address.length != network.length) {
            return false;
        }
        int bits;
        try {
            bits = slash < 0 ? network.length * Byte.SIZE : Integer.parseInt(block, slash + 1, block.length(), 10);
        } catch (NumberFormatException e) {
            return false;
        }
        for (int i = 0; i < address.length && bits > 0; i++, bits -= Byte.SIZE) {
            int mask = bits >= Byte.SIZE ? 0xFF : 0xFF << Byte.SIZE - bits & 0xFF;
            if ((address[i] & mask) != (network[i] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Bytes of a literal address; null for a name, which is not resolved here. */
    private static byte @Nullable [] literal(String text) {
        boolean address = text.indexOf(':') >= 0;
        if (!address) {
            address = !text.isEmpty();
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                address &= c >= '0' && c <= '9' || c == '.';
            }
        }
        try {
            return address ? InetAddress.ofLiteral(text).getAddress() : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Proxy parse(String url) {
        try {
            URI uri = new URI(url.contains("://") ? url : "http://" + url);
            if (uri.getHost() != null && "http".equals(uri.getScheme())) {
                String user = uri.getUserInfo();
                return new Proxy(
                        uri.getHost(),
                        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                        user == null
                                ? ""
                                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("HTTPS_PROXY is not a URL (" + e.getReason() + ")");
        }
        throw new IllegalArgumentException("HTTPS_PROXY is not of the form http://[user:password@]host:port");
    }

    private static String either(Map<String, String> environment, String first, String second) {
        String value = environment.getOrDefault(first, "");
        return value.isEmpty() ? environment.getOrDefault(second, "") : value;
    }

    /** For a message: never shows what authorizes. */
    @Override
    public String toString() {
        return proxy == null ? "no proxy" : "proxy " + proxy.host() + ":" + proxy.port();
    }
}
