/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.comparison;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Reads IP addresses as text, and only those: a host name would be looked up. */
final class IpLiteral {
    private static final Pattern V4 = Pattern.compile("([0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    private IpLiteral() {}

    static byte[] parse(String text) throws BadValueException {
        if (V4.matcher(text).matches() || V6.matcher(text).matches()) {
            try {
                return InetAddress.getByName(text).getAddress();
            } catch (UnknownHostException e) {
                // Falls through: right letters, wrong numbers.
            }
        }
        throw new BadValueException("'" + text + "' is not an IP address");
    }
}
