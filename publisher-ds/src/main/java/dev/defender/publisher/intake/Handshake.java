/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.intake.Messages.Hello;
import dev.defender.publisher.spool.LaneWriter;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.file.attribute.UserPrincipal;

/** Decides on a HELLO and finds out where the publisher stands with that producer. Intake thread only. */
final class Handshake {
    private final LaneWriter[] writers;
    private final UnknownPast unknownPast;

    Handshake(LaneWriter[] writers, UnknownPast unknownPast) {
        this.writers = writers;
        this.unknownPast = unknownPast;
    }

    /** @param peers those of the socket that the producer came through */
    void admit(PeerTable peers, UserPrincipal user, Hello hello) throws RefusedException {
        StreamId stream = hello.stream();
        if (!peers.allows(user, stream.producer())) {
            throw new RefusedException(
                    Refusal.WRONG_PRODUCER,
                    "user " + user.getName() + " may not speak for producer \"" + stream.producer()
                            + "\" through this socket; the publisher's " + peers.option() + " says who may");
        }
        for (LaneWriter writer : writers) {
            long newest = writer.newestEpoch(stream);
            if (Long.compareUnsigned(newest, stream.epoch()) > 0) {
                throw new RefusedException(
                        Refusal.STALE_EPOCH,
                        "epoch " + stream.epoch() + " of producer \"" + stream.producer() + "\" is over; a newer one, "
                                + newest + ", has been here");
            }
        }
    }

    /** Makes the stream known in both lanes, synced, so that a successor can ask for its marks. */
    void prepare(Hello hello) throws IOException {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            try {
                prepare(hello, lane);
            } catch (IOException e) {
                throw new LaneFailedException(lane, e);
            }
        }
    }

    private void prepare(Hello hello, int lane) throws IOException {
        long mark = writers[lane].appended(hello.stream());
        long before = hello.nextSequence()[lane] - 1;
        if (mark < 0 && before > 0) {
            unknownPast.unknown(hello.stream(), lane, 1, before);
        }
        if (mark < before || mark < 0) {
            // What lies between was acknowledged and is gone: the lane's reader finds the jump and reports it.
            writers[lane].define(hello.stream(), before);
        }
        writers[lane].sync();
    }

    long[] durable(StreamId stream) {
        long[] marks = new long[Lanes.COUNT];
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            marks[lane] = Math.max(0, writers[lane].durable(stream));
        }
        return marks;
    }

    boolean knows(StreamId stream) {
        return writers[Lanes.BULK].durable(stream) >= 0 || writers[Lanes.URGENT].durable(stream) >= 0;
    }
}
