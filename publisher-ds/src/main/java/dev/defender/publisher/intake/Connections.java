/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import dev.defender.protocol.wire.Lanes;
import dev.defender.publisher.spool.LaneWriter;
import dev.defender.publisher.stream.StreamId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/** The clients of the socket. Intake thread only. */
final class Connections implements FrameDispatch.Listener {
    private static final int MAX_CONNECTIONS = 16;
    private static final int SPARE_BUFFERS = 2;
    private static final long HELLO_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Selector selector;
    private final List<Entrance> entrances;
    private final Handshake handshake;
    private final LaneWriter[] writers;
    private final IntakeStats stats;
    private final RefusalLog log;
    private final BiConsumer<StreamId, byte[]> health;
    private final Messages messages = new Messages();
    private final FrameDispatch dispatch;
    private final List<Connection> open = new ArrayList<>();
    private final Deque<ByteBuffer> spare = new ArrayDeque<>();

    Connections(
            Selector selector,
            List<Entrance> entrances,
            Handshake handshake,
            LaneWriter[] writers,
            IntakeStats stats,
            RefusalLog log,
            BiConsumer<StreamId, byte[]> health) {
        this.selector = selector;
        this.entrances = entrances;
        this.handshake = handshake;
        this.writers = writers;
        this.stats = stats;
        this.log = log;
        this.health = health;
        this.dispatch = new FrameDispatch(writers, stats, this, messages);
    }

    /** Serves a selected key; returns a failure of the spool, which is the caller's to handle. */
    @Nullable
    LaneFailedException ready(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return null;
        }
        if (key.attachment() instanceof Entrance entrance) {
            accept(entrance);
            return null;
        }
        return key.attachment() instanceof Connection connection ? serve(connection) : null;
    }

    /** Whether a client has less credit than it might need, so that it must hear when there is more. */
    boolean starved() {
        for (Connection connection : open) {
            for (int lane = 0; lane < Lanes.COUNT && connection.stream() != null; lane++) {
                if (connection.toldCredit(lane) == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean anyUnintroduced() {
        return open.stream().anyMatch(connection -> connection.stream() == null);
    }

    /** Sends what is due: acknowledgements of settled lanes, and credit that is back. */
    void tell(GroupCommit commit) {
        for (Connection connection : List.copyOf(open)) {
            StreamId stream = connection.stream();
            for (int lane = 0; lane < Lanes.COUNT && stream != null; lane++) {
                long credit = writers[lane].creditBytes();
                boolean ack = connection.isAckDue(lane) && commit.settled(lane);
                boolean more = connection.toldCredit(lane) == 0 && credit > 0;
                // A client that does not read gets one cumulative message later instead of many now.
                if ((ack || more) && connection.out().position() == 0) {
                    messages.ack(connection.out(), lane, writers[lane].durable(stream), credit);
                    connection.told(lane, credit);
                    flush(connection);
                }
            }
        }
    }

    /** Ends connections that have not said who they are. */
    void dropSilent(long now) {
        for (Connection connection : List.copyOf(open)) {
            if (connection.stream() == null && now - connection.openedNanos() > HELLO_NANOS) {
                refuse(connection, new RefusedException(Refusal.SILENT, "no HELLO within ten seconds"));
            }
        }
    }

    void dropAll(Refusal refusal, String reason) {
        for (Connection connection : List.copyOf(open)) {
            refuse(connection, new RefusedException(refusal, reason));
        }
    }

    void closeAll() throws IOException {
        for (Connection connection : List.copyOf(open)) {
            close(connection);
        }
        for (Entrance entrance : entrances) {
            entrance.close();
        }
    }

    @Override
    public void hello(Connection from, Messages.Hello hello) throws RefusedException, IOException {
        handshake.admit(from.peers(), from.user(), hello);
        StreamId stream = hello.stream();
        for (Connection other : List.copyOf(open)) {
            StreamId known = other.stream();
            if (known != null && known.sameProducerAndBoot(stream)) {
                refuse(other, new RefusedException(Refusal.SUPERSEDED, "epoch " + stream.epoch() + " took over"));
            }
        }
        handshake.prepare(hello);
        from.introduced(stream, takeBuffer());
        StreamId previous = new StreamId(stream.producer(), stream.bootId(), hello.previousEpoch());
        long[] credit = new long[Lanes.COUNT];
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            credit[lane] = writers[lane].creditBytes();
            from.told(lane, credit[lane]);
        }
        boolean previousKnown = hello.previousEpoch() != 0 && handshake.knows(previous);
        messages.welcome(from.out(), handshake.durable(stream), credit, handshake.durable(previous), previousKnown);
        flush(from);
    }

    @Override
    public void health(StreamId from, byte[] message) {
        health.accept(from, message);
    }

    private void accept(Entrance entrance) throws IOException {
        SocketChannel channel = entrance.channel().accept();
        if (channel == null) {
            return;
        }
        stats.connections.incrementAndGet();
        channel.configureBlocking(false);
        UserPrincipal user =
                channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        Connection connection = new Connection(channel, key, entrance.peers(), user);
        key.attach(connection);
        open.add(connection);
        if (!entrance.peers().knows(user)) {
            refuse(
                    connection,
                    new RefusedException(
                            Refusal.WRONG_UID,
                            "user " + user.getName() + " is not in the publisher's "
                                    + entrance.peers().option() + " and may not connect"));
        } else if (open.size() > MAX_CONNECTIONS) {
            refuse(connection, new RefusedException(Refusal.TOO_MANY, open.size() + " clients are connected"));
        }
    }

    private @Nullable LaneFailedException serve(Connection connection) {
        try {
            int read = connection.read();
            dispatch.drain(connection);
            if (read < 0) {
                if (connection.in().position() > 0) {
                    throw new RefusedException(
                            Refusal.TRUNCATED,
                            "the connection ended " + connection.in().position() + " bytes into a frame");
                }
                close(connection);
            } else {
                flush(connection);
            }
        } catch (RefusedException e) {
            refuse(connection, e);
        } catch (LaneFailedException e) {
            return e;
        } catch (IOException e) {
            // The peer is gone; what it sent and was not acknowledged it sends again.
            close(connection);
        }
        return null;
    }

    private void refuse(Connection connection, RefusedException why) {
        StreamId stream = connection.stream();
        String who = "user " + connection.user().getName() + (stream == null ? "" : ", producer " + stream.producer());
        log.refused(why.refusal(), who, why.reason());
        connection.out().clear();
        messages.refuse(connection.out(), why.reason(), why.refusal().permanent());
        flush(connection);
        close(connection);
    }

    private void flush(Connection connection) {
        try {
            connection.flush();
        } catch (IOException e) {
            close(connection);
        }
    }

    private void close(Connection connection) {
        if (!open.remove(connection)) {
            return;
        }
        ByteBuffer buffer = connection.takeBuffer();
        if (buffer != null && spare.size() < SPARE_BUFFERS) {
            spare.add(buffer);
        }
        connection.close();
    }

    private ByteBuffer takeBuffer() {
        ByteBuffer buffer = spare.poll();
        return buffer != null
                ? buffer
                : ByteBuffer.allocateDirect(Connection.STREAM_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
}
