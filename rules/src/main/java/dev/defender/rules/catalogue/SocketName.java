/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import static dev.defender.rules.field.FieldSource.MISSING;

import dev.defender.rules.field.Field;
import dev.defender.rules.field.Slice;

/** {@code fd.name}: the path, or for an IP socket {@code client:port->server:port}, or {@code address:port} if it listens. */
final class SocketName {
    private static final int MAX_LENGTH = 2 * (AddressText.MAX_LENGTH + 6) + 2;

    private SocketName() {}

    static boolean read(Occurrence event, Slice into) {
        if (event.source().text(Field.FD_NAME, 0, into)) {
            return true;
        }
        long serverPort = event.source().number(Field.FD_SPORT, 0);
        if (serverPort == MISSING || !event.source().text(Field.FD_SIP, 0, into)) {
            return false;
        }
        // Taken out of the slice at once: the name is written into the buffer that may hold the address.
        boolean v4 = into.length() == 4;
        long serverHigh = AddressText.high(into);
        long serverLow = AddressText.low(into);
        long clientPort = event.source().number(Field.FD_CPORT, 0);
        boolean hasClient = clientPort != MISSING && event.source().text(Field.FD_CIP, 0, into);
        long clientHigh = hasClient ? AddressText.high(into) : 0;
        long clientLow = hasClient ? AddressText.low(into) : 0;

        byte[] room = into.room(MAX_LENGTH);
        int end = 0;
        if (hasClient) {
            end = putEnd(room, end, v4, clientHigh, clientLow, clientPort);
            room[end++] = '-';
            room[end++] = '>';
        }
        end = putEnd(room, end, v4, serverHigh, serverLow, serverPort);
        into.wrap(room, 0, end);
        return true;
    }

    private static int putEnd(byte[] room, int index, boolean v4, long high, long low, long port) {
        int end = AddressText.put(room, index, v4, high, low);
        room[end++] = ':';
        return Bytes.putDecimal(room, end, port);
    }
}
