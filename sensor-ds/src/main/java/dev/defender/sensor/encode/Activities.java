/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.encode;

import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.sensor.decode.EventFlags;
import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.decode.ExitEvent;
import dev.defender.sensor.decode.NetworkEvent;
import dev.defender.sensor.decode.OpenEvent;
import dev.defender.sensor.decode.RawEvent;
import dev.defender.sensor.enrich.Utf8Repair;
import dev.defender.sensor.state.ProcessEntry;

/** The activity of an event: what was done. */
final class Activities {
    private static final int PROCESS = 10;
    private static final int FILE_SYSTEM = 11;
    private static final int NETWORK = 12;
    private static final int MOST_PATH_BYTES = 4 * 1024;

    private final Utf8Repair repair = new Utf8Repair();
    private final byte[] raw = new byte[RawEvent.MAX_TEXT];
    private final byte[] valid = new byte[MOST_PATH_BYTES];
    private final byte[] address = new byte[16];
    private int repaired;

    void begin() {
        repaired = 0;
    }

    /** Texts cut or repaired since {@link #begin}. */
    int repaired() {
        return repaired;
    }

    void exec(ProtoWriter body, ProcessEntry process) {
        int mark = body.begin(PROCESS);
        body.bool(4, process.image().argsTruncated());
        body.end(mark);
    }

    void exit(ProtoWriter body, ExitEvent exit) {
        int mark = body.begin(PROCESS);
        body.signed(2, exit.code());
        body.varint(3, exit.signal());
        body.end(mark);
    }

    void open(ProtoWriter body, RawEvent event) {
        OpenEvent open = event.open();
        int mark = body.begin(FILE_SYSTEM);
        int file = body.begin(1);
        int length = repair.copy(raw, 0, open.copyPath(raw, 0), valid, 0, MOST_PATH_BYTES);
        if (repair.repaired()) {
            repaired++;
        }
        body.bytes(1, valid, 0, length);
        body.varint(2, open.inode());
        body.bool(3, (event.flags() & EventFlags.UPPER_LAYER) != 0);
        body.bool(4, (event.flags() & EventFlags.MEMFD) != 0);
        body.end(file);
        body.varint(2, Integer.toUnsignedLong(open.openFlags()));
        body.varint(3, Integer.toUnsignedLong(open.mode()));
        body.signed(4, open.result());
        body.bool(5, open.racy());
        body.bool(6, (event.flags() & EventFlags.CREATED) != 0);
        body.end(mark);
    }

    /** The source is who opened the connection: the peer of an ACCEPT, else the process. */
    void network(ProtoWriter body, RawEvent event) {
        NetworkEvent network = event.network();
        boolean accepted = event.type() == EventType.ACCEPT;
        int mark = body.begin(NETWORK);
        if (event.type() != EventType.LISTEN) {
            endpoint(body, accepted ? 2 : 1, network.copyLocalAddress(address, 0), network.localPort());
            endpoint(body, accepted ? 1 : 2, network.copyRemoteAddress(address, 0), network.remotePort());
        } else {
            endpoint(body, 1, network.copyLocalAddress(address, 0), network.localPort());
        }
        body.varint(3, network.protocol());
        body.end(mark);
    }

    private void endpoint(ProtoWriter body, int field, int addressLength, int port) {
        int mark = body.begin(field);
        body.bytes(1, address, 0, addressLength);
        body.varint(2, port);
        body.end(mark);
    }
}
