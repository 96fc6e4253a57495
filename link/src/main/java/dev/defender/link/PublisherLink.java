/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

import dev.defender.protocol.wire.Frame;
import dev.defender.protocol.wire.Lanes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that talks to the publisher. {@link #recordsWait} wakes it only when it sleeps, so a busy event thread pays
 * one system call per burst; with nothing to send or to read it waits in the selector without a timeout.
 */
public final class PublisherLink implements RecordsSignal {
    private static final long HANDSHAKE_MS = 10_000;

    private final Path socket;
    private final ProducerIdentity identity;
    private final Producer producer;
    private final Selector selector;
    private final Thread thread;
    private final LaneSender[] senders = new LaneSender[Lanes.COUNT];
    private final FrameInput input = new FrameInput();
    private final Handshake handshake = new Handshake();
    private final Backoff backoff = new Backoff(new SplittableRandom());
    private final LinkListener listener;
    private final AtomicLong welcomes = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private volatile boolean asleep;
    private volatile boolean finishing;
    private volatile boolean hurried;
    private volatile boolean stopped;

    public PublisherLink(Path socket, ProducerIdentity identity, Producer producer, LinkListener listener) {
        this.socket = socket;
        this.identity = identity;
        this.producer = producer;
        this.listener = listener;
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            senders[lane] = new LaneSender(lane, producer.lane(lane));
        }
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot wait for a socket", e);
        }
        thread = Thread.ofPlatform().name("link").daemon().unstarted(this::run);
    }

    /** Connects. Whoever appends to the windows calls {@link #recordsWait} afterwards, from before this call on. */
    public void start() {
        thread.start();
    }

    @Override
    public void recordsWait() {
        // The head of the window was published before this; the link publishes asleep before it looks at the head.
        VarHandle.fullFence();
        if (asleep) {
            asleep = false;
            selector.wakeup();
        }
    }

    /** Connections that a publisher welcomed; the first is the start, the others are reconnects. */
    public long welcomes() {
        return welcomes.get();
    }

    public long refusals() {
        return refusals.get();
    }

    /**
     * Sends and waits until everything is acknowledged, says goodbye and ends the thread; or gives up when the time is
     * over.
     *
     * @return whether everything was acknowledged
     */
    public boolean finish(long millis) throws InterruptedException {
        finishing = true;
        hurried = true;
        selector.wakeup();
        LockSupport.unpark(thread);
        thread.join(millis);
        boolean drained = drained();
        abandon();
        return drained;
    }

    /** Ends the thread where it is, without a goodbye. */
    public void abandon() throws InterruptedException {
        stopped = true;
        selector.wakeup();
        LockSupport.unpark(thread);
        thread.join();
    }

    private void run() {
        while (!stopped && !(finishing && drained())) {
            boolean permanent = false;
            try (Connection connection = Connection.open(socket, selector)) {
                greet(connection);
                serve(connection);
            } catch (Refused e) {
                refusals.incrementAndGet();
                listener.down("publisher refuses: " + e.getMessage());
                permanent = e.permanent();
            } catch (IOException e) {
                listener.down("no connection to the publisher at " + socket + ": " + e.getMessage());
            } catch (RuntimeException e) {
                // A defect of ours: without this thread the producer would run on and lose everything. What was not
                // acknowledged is still in the windows, and a new handshake settles from where to go on.
                listener.down("the link to the publisher failed, which is a fault of this program: " + e + at(e)
                        + "; connecting again");
            }
            if (!stopped && !(finishing && drained())) {
                pause(permanent ? backoff.afterPermanentRefusal() : backoff.next());
            }
        }
        close();
    }

    /** Hello and its answer. */
    private void greet(Connection connection) throws IOException {
        byte[] body = new byte[1024];
        long[] next = new long[Lanes.COUNT];
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            next[lane] = producer.lane(lane).ackedSequence() + 1;
        }
        input.restart();
        connection.send(Frame.HELLO, body, handshake.hello(body, 0, identity, next, producer.previousEpoch()));
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HANDSHAKE_MS);
        while (!input.next()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0 || stopped) {
                throw new IOException("no answer to the handshake within " + HANDSHAKE_MS / 1000 + " s");
            }
            selector.select(connection, left);
            input.fill(connection.channel());
        }
        if (input.type() == Frame.REFUSE) {
            throw refused();
        }
        if (input.type() != Frame.WELCOME || !handshake.welcome(input.payload(), 0, input.payloadLength())) {
            throw new IOException(
                    "an answer to the handshake that is no welcome of protocol version " + Frame.PROTOCOL_VERSION);
        }
        welcomed();
    }

    private void welcomed() {
        producer.welcomed(handshake.previousDurable());
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            acked(lane, handshake.durable(lane));
            senders[lane].restart(handshake.credit(lane));
        }
        welcomes.incrementAndGet();
        backoff.reset();
        listener.up(socket.toString());
    }

    private void serve(Connection connection) throws IOException {
        while (!stopped) {
            boolean full = send(connection);
            if (finishing && drained()) {
                connection.send(Frame.BYE, new byte[0], 0);
                return;
            }
            connection.awaitRoom(full);
            sleep(connection, full);
            if (connection.takeReadable()) {
                input.fill(connection.channel());
            }
            while (input.next()) {
                take();
            }
        }
    }

    /** Urgent first, and no lane into the middle of the other's frame; true if the socket takes no more. */
    private boolean send(Connection connection) throws IOException {
        LaneSender urgent = senders[Lanes.URGENT];
        LaneSender bulk = senders[Lanes.BULK];
        boolean progress;
        do {
            progress = bulk.underWay()
                    ? bulk.write(connection.channel())
                    : urgent.write(connection.channel()) || !urgent.underWay() && bulk.write(connection.channel());
        } while (progress);
        return urgent.underWay() || bulk.underWay();
    }

    private void sleep(Connection connection, boolean full) throws IOException {
        asleep = true;
        boolean more = !full && (senders[Lanes.URGENT].ready() || senders[Lanes.BULK].ready());
        if (more || finishing && drained() || stopped) {
            selector.selectNow(connection);
        } else {
            selector.select(connection);
        }
        asleep = false;
    }

    private void take() throws IOException {
        switch (input.type()) {
            case Frame.ACK -> {
                if (!handshake.ack(input.payload(), 0, input.payloadLength())) {
                    throw new IOException("an acknowledgement that makes no sense");
                }
                acked(handshake.ackLane(), handshake.ackDurable());
                senders[handshake.ackLane()].credit(handshake.ackCredit());
            }
            case Frame.REFUSE -> throw refused();
            default -> throw new IOException("a frame of type " + input.type() + " that a publisher does not send");
        }
    }

    private void acked(int lane, long sequence) {
        if (sequence > producer.lane(lane).ackedSequence()) {
            senders[lane].acked(sequence);
            producer.acked(lane, sequence);
        }
    }

    private Refused refused() {
        handshake.refuse(input.payload(), 0, input.payloadLength());
        return new Refused(handshake.reason(), handshake.permanent());
    }

    private boolean drained() {
        return producer.lane(Lanes.BULK).used() == 0
                && producer.lane(Lanes.URGENT).used() == 0;
    }

    private void pause(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !stopped && !hurried; ) {
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(left));
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
        if (hurried) {
            // There is little time for what is left: try at once, and often.
            hurried = false;
            backoff.reset();
        }
    }

    private static String at(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    private void close() {
        try {
            selector.close();
        } catch (IOException e) {
            listener.down("closing the link: " + e.getMessage());
        }
    }
}
