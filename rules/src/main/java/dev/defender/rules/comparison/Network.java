/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import dev.defender.rules.field.Slice;
import java.util.List;
import java.util.regex.Pattern;

/** An address block; a single address is a block of one. Another family than the tested address's never matches. */
public final class Network {
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    private final byte[] address;
    private final int prefix;

    private Network(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /** Parses {@code 10.0.0.0/8}, {@code fc00::/7}, or an address alone. */
    public static Network parse(String text) throws BadValueException {
        int slash = text.indexOf('/');
        byte[] address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        int bits = address.length * 8;
        if (slash < 0) {
            return new Network(address, bits);
        }
        String length = text.substring(slash + 1);
        if (!PREFIX.matcher(length).matches() || Integer.parseInt(length) > bits) {
            throw new BadValueException("'" + text + "' has no prefix length between 0 and " + bits);
        }
        return new Network(address, Integer.parseInt(length));
    }

    /** Whether one of the blocks holds the address. */
    public static boolean anyContains(List<Network> networks, Slice tested) {
        for (int i = 0; i < networks.size(); i++) {
            if (networks.get(i).contains(tested)) {
                return true;
            }
        }
        return false;
    }

    private boolean contains(Slice tested) {
        if (tested.length() != address.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (tested.at(i) != address[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || (tested.at(whole) & 0xff) >> 8 - rest == (address[whole] & 0xff) >> 8 - rest;
    }
}
