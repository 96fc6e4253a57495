/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.web;

import dev.defender.cli.terminal.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTPS_PROXY and NO_PROXY (or in lower case, which wins), read as the publisher reads them: NO_PROXY is {@code *} or a
 * list of names (each also stands for what ends in {@code .name}), addresses, and address blocks.
 */
public final class ProxySettings extends ProxySelector {
    private static final int DEFAULT_PORT = 3128;

    private final @Nullable URI proxy;
    private final List<String> exceptions;

    private ProxySettings(@Nullable URI proxy, List<String> exceptions) {
        this.proxy = proxy;
        this.exceptions = exceptions;
    }

    public static ProxySettings from(Map<String, String> environment) throws Failure {
        String url = either(environment, "https_proxy", "HTTPS_PROXY");
        String except = either(environment, "no_proxy", "NO_PROXY").toLowerCase(Locale.ROOT);
        return new ProxySettings(url.isEmpty() ? null : parse(url), List.of(except.split("[, ]+", -1)));
    }

    private static URI parse(String url) throws Failure {
        try {
            URI uri = new URI(url.contains("://") ? url : "http://" + url);
            if (uri.getHost() != null && "http".equals(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Said below; the value may hold a password.
        }
        throw Failure.usage("HTTPS_PROXY is not of the form http://[user:password@]host:port");
    }

    private static String either(Map<String, String> environment, String first, String second) {
        String value = environment.getOrDefault(first, "");
        return value.isEmpty() ? environment.getOrDefault(second, "") : value;
    }

    /** host:port of the proxy for this address; null = none. */
    public @Nullable String proxyFor(URI address) {
        return proxy == null || exceptions.stream().anyMatch(entry -> covers(entry, address))
                ? null
                : proxy.getHost() + ":" + port();
    }

    /** "user:password" for the proxy; null = it wants none. */
    @Nullable
    String credentials() {
        return proxy == null ? null : proxy.getUserInfo();
    }

    private int port() {
        return proxy == null || proxy.getPort() < 0 ? DEFAULT_PORT : proxy.getPort();
    }

    @Override
    public List<Proxy> select(URI address) {
        if (proxy == null || proxyFor(address) == null) {
            return List.of(Proxy.NO_PROXY);
        }
        return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port())));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxyAddress, IOException e) {
        // The request itself fails with it.
    }

    private static boolean covers(String exception, URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
        String entry = exception;
        String port = ":" + (address.getPort() < 0 ? 443 : address.getPort());
        if (entry.endsWith(port) && entry.indexOf(':') == entry.length() - port.length()) {
            entry = entry.substring(0, entry.length() - port.length());
        }
        String name = entry.startsWith("*.") ? entry.substring(2) : entry.startsWith(".") ? entry.substring(1) : entry;
        return entry.equals("*")
                || !name.isEmpty() && (host.equals(name) || host.endsWith("." + name))
                || inBlock(host, entry);
    }

    private static boolean inBlock(String host, String block) {
        int slash = block.indexOf('/');
        try {
            byte[] address = InetAddress.ofLiteral(host).getAddress();
            byte[] network = InetAddress.ofLiteral(slash < 0 ? block : block.substring(0, slash))
                    .getAddress();
            int bits = slash < 0 ? network.length * Byte.SIZE : Integer.parseInt(block.substring(slash + 1));
            boolean same = address.length == network.length;
            for (int i = 0; same && i < address.length && bits > 0; i++, bits -= Byte.SIZE) {
                int mask = bits >= Byte.SIZE ? 0xFF : 0xFF << Byte.SIZE - bits & 0xFF;
                same = (address[i] & mask) == (network[i] & mask);
            }
            return same;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
