/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Reads an IP address or a network; never asks a name server. */
final class AddressLiteral {
    private AddressLiteral() {}

    static Value.@Nullable Address read(String text) {
        int slash = text.indexOf('/');
        byte[] address = parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        if (slash < 0) {
            return new Value.Address(shown(address), false);
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("[0-9]{1,3}") || Integer.parseInt(prefix) > address.length * 8) {
            return null;
        }
        return new Value.Address(shown(address) + "/" + Integer.parseInt(prefix), true);
    }

    private static byte @Nullable [] parse(String text) {
        // ofLiteral alone would take forms such as "1" or "fe80::1%eth0", which no row is written in.
        if (!text.matches("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }

    private static String shown(byte[] address) {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (java.net.UnknownHostException impossible) {
            throw new IllegalStateException("an address of " + address.length + " bytes", impossible);
        }
    }
}
