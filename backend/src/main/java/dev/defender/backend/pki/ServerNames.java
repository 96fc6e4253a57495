/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.pki;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that the server certificate carries. */
public final class ServerNames {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern DNS = Pattern.compile("(\\*\\.)?[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

    private ServerNames() {}

    /**
     * The names asked for and those of the loopback interface, without repetition.
     *
     * @throws IllegalArgumentException one of them is neither a host name nor an IP address; the message says which
     */
    public static List<String> withLoopback(List<String> names) {
        Set<String> all = new LinkedHashSet<>();
        for (String name : names) {
            if (!isAddress(name) && !DNS.matcher(name).matches()) {
                throw new IllegalArgumentException("\"" + name + "\" is neither a host name nor an IP address");
            }
            all.add(canonical(name));
        }
        LOOPBACK.forEach(name -> all.add(canonical(name)));
        return new ArrayList<>(all);
    }

    static boolean isAddress(String name) {
        if (!ADDRESS.matcher(name).matches()) {
            return false;
        }
        try {
            InetAddress.ofLiteral(name);
            return true;
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    /** One spelling per name: lower case, addresses as Java writes them. */
    static String canonical(String name) {
        return isAddress(name) ? InetAddress.ofLiteral(name).getHostAddress() : name.toLowerCase(java.util.Locale.ROOT);
    }
}
