/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import static dev.defender.rules.field.FieldSource.MISSING;

import dev.defender.rules.field.Field;
import dev.defender.rules.field.Slice;
import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.decode.NetworkEvent;
import dev.defender.sensor.decode.RawEvent;

/** Fields of CONNECT, ACCEPT and LISTEN events. The client is who opened the connection. */
final class SocketFields {
    private final byte[] client = new byte[16];
    private final byte[] server = new byte[16];

    long number(RawEvent event, Field field) {
        NetworkEvent network = event.network();
        boolean isServer = event.type() != EventType.CONNECT;
        return switch (field) {
            case FD_CPORT -> clientPort(event, network);
            case FD_SPORT -> isServer ? network.localPort() : network.remotePort();
            case FD_L4PROTO -> network.protocol();
            case FD_IS_SERVER -> isServer ? 1 : 0;
            case FD_CONNECTED -> event.type() == EventType.LISTEN ? 0 : 1;
            default -> MISSING;
        };
    }

    boolean address(RawEvent event, Field field, Slice into) {
        NetworkEvent network = event.network();
        boolean ofClient = field == Field.FD_CIP;
        if (ofClient && event.type() == EventType.LISTEN) {
            return false;
        }
        byte[] to = ofClient ? client : server;
        boolean local = ofClient == (event.type() == EventType.CONNECT);
        into.wrap(to, 0, local ? network.copyLocalAddress(to, 0) : network.copyRemoteAddress(to, 0));
        return true;
    }

    /** The kernel chooses the port of an unbound socket only after the event. */
    private static long clientPort(RawEvent event, NetworkEvent network) {
        return switch (event.type()) {
            case EventType.CONNECT -> network.localPort() == 0 ? MISSING : network.localPort();
            case EventType.ACCEPT -> network.remotePort();
            default -> MISSING;
        };
    }
}
