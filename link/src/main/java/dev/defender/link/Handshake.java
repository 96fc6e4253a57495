/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.ProtoReader;
import dev.defender.protocol.wire.ProtoWriter;
import java.util.Arrays;

/** Bodies of Hello, Welcome, Ack and Refuse. Reused; parsing an Ack allocates nothing. Link thread. */
final class Handshake {
    private final ProtoReader reader = new ProtoReader();
    private final long[] durable = new long[Lanes.COUNT];
    private final long[] credit = new long[Lanes.COUNT];
    private final long[] previousDurable = new long[Lanes.COUNT];
    private boolean previousKnown;
    private long version;
    private int ackLane;
    private long ackDurable;
    private long ackCredit;
    private String reason = "";
    private boolean permanent;

    /** @return length of the body written at {@code offset} */
    int hello(byte[] target, int offset, ProducerIdentity identity, long[] nextSequence, long previousEpoch) {
        ProtoWriter body = new ProtoWriter().wrap(target, offset, target.length - offset);
        body.varint(1, Frame.PROTOCOL_VERSION);
        body.string(2, identity.producer());
        body.string(3, identity.bootId());
        body.fixed64(4, identity.epoch());
        for (long next : nextSequence) {
            body.element(5, next);
        }
        body.fixed64(6, previousEpoch);
        body.string(7, identity.version());
        return body.length();
    }

    /** @return false if the body makes no sense */
    boolean welcome(byte[] source, int offset, int length) {
        Arrays.fill(durable, 0);
        Arrays.fill(credit, 0);
        Arrays.fill(previousDurable, 0);
        previousKnown = false;
        version = 0;
        int durables = 0;
        int credits = 0;
        int previous = 0;
        reader.wrap(source, offset, length);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> version = reader.number();
                case 2 -> durables = reader.repeated(durable, durables);
                case 3 -> credits = reader.repeated(credit, credits);
                case 4 -> previous = reader.repeated(previousDurable, previous);
                case 5 -> previousKnown = reader.number() != 0;
                default -> {}
            }
        }
        return !reader.malformed() && version == Frame.PROTOCOL_VERSION;
    }

    /** @return false if the body makes no sense */
    boolean ack(byte[] source, int offset, int length) {
        ackLane = 0;
        ackDurable = 0;
        ackCredit = 0;
        reader.wrap(source, offset, length);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> ackLane = (int) reader.number();
                case 2 -> ackDurable = reader.number();
                case 3 -> ackCredit = reader.number();
                default -> {}
            }
        }
        return !reader.malformed() && ackLane >= 0 && ackLane < Lanes.COUNT;
    }

    void refuse(byte[] source, int offset, int length) {
        reason = "no reason given";
        permanent = false;
        reader.wrap(source, offset, length);
        while (reader.next()) {
            switch (reader.field()) {
                case 1 -> reason = reader.string();
                case 2 -> permanent = reader.number() != 0;
                default -> {}
            }
        }
    }

    long version() {
        return version;
    }

    long durable(int lane) {
        return durable[lane];
    }

    long credit(int lane) {
        return credit[lane];
    }

    /** Marks of the previous epoch; zeros if the publisher does not know it. */
    long[] previousDurable() {
        return previousKnown ? previousDurable : new long[Lanes.COUNT];
    }

    int ackLane() {
        return ackLane;
    }

    long ackDurable() {
        return ackDurable;
    }

    long ackCredit() {
        return ackCredit;
    }

    String reason() {
        return reason;
    }

    boolean permanent() {
        return permanent;
    }
}
