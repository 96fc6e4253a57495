/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import dev.defender.misc.api.ApiConnection;
import dev.defender.misc.api.ApiServer;
import dev.defender.misc.keep.Catalogue;
import dev.defender.misc.keep.Resource;
import dev.defender.misc.outbox.Outbox;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Lists and watches everything of the catalogue, on one thread: lists one after the other over one connection, watches each
 * over its own. While the publisher is away nothing is listed and what watches bring is dropped and counted; afterwards what
 * was dropped of is listed again.
 */
public final class Collector implements AutoCloseable {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ApiServer server;
    private final Outbox outbox;
    private final BooleanSupplier publisherThere;
    private final Consumer<String> trouble;
    private final Selector selector;
    private final Lister lister;
    private final ServerFacts facts;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Deque<ApiConnection> idle = new ArrayDeque<>();
    private final Backoff reach;
    private volatile boolean stopping;
    private long relists;
    private long failures;

    /** @param trouble told of failed connections, one sentence each */
    public Collector(
            ApiServer server,
            Catalogue catalogue,
            Outbox outbox,
            BooleanSupplier publisherThere,
            Consumer<String> trouble)
            throws IOException {
        this.server = server;
        this.outbox = outbox;
        this.publisherThere = publisherThere;
        this.trouble = trouble;
        this.selector = Selector.open();
        this.lister = new Lister(outbox, this::stopping);
        RecordEncoder records = new RecordEncoder(outbox);
        this.facts = new ServerFacts(records);
        ObjectReader object = new ObjectReader();
        SplittableRandom random = new SplittableRandom();
        this.reach = new Backoff(random);
        for (Resource resource : catalogue.resources()) {
            subscriptions.add(new Subscription(new Collection(resource, catalogue, outbox, records, object), random));
        }
    }

    public List<Subscription> subscriptions() {
        return subscriptions;
    }

    /** Whether every resource was listed and is watched, or the server does not have it or refuses it. */
    public boolean settled() {
        return subscriptions.stream()
                .noneMatch(subscription -> subscription.standing() == Subscription.Standing.PENDING
                        && !subscription.collection().resource().events());
    }

    public long objects() {
        return subscriptions.stream()
                .mapToLong(subscription -> subscription.collection().size())
                .sum();
    }

    public long watches() {
        return subscriptions.stream().filter(Subscription::watching).count();
    }

    public long lists() {
        return lister.lists();
    }

    /** Connections to the API server that failed or broke. */
    public long failures() {
        return failures;
    }

    /** Any thread: {@link #round} returns soon, and {@link #stopping} is true. */
    public void stop() {
        stopping = true;
        selector.wakeup();
    }

    public boolean stopping() {
        return stopping;
    }

    /** Does what is due, then waits for events, at most a second. */
    public void round() throws IOException {
        long now = System.nanoTime();
        if (publisherThere.getAsBoolean() && outbox.hasRoom()) {
            serve(now);
        }
        outbox.flush();
        if (!stopping) {
            selector.select(this::ready, Math.max(1, TimeUnit.NANOSECONDS.toMillis(pause(System.nanoTime()))));
            outbox.flush();
        }
    }

    /** Lists first: no watch is opened before everything was listed once, so that the start is cheap and in order. */
    private void serve(long now) {
        for (Subscription subscription : subscriptions) {
            if (subscription.overdue(now)) {
                subscription.drop();
            }
            boolean last = subscription.collection().resource().events();
            if (subscription.listDue(now) && reach.due(now) && !stopping && (!last || settled())) {
                list(subscription);
            }
        }
        for (Subscription subscription : subscriptions) {
            if (subscription.watchDue(now) && reach.due(now) && !stopping) {
                watch(subscription);
            }
        }
    }

    private void list(Subscription subscription) {
        relists++;
        attempt(subscription, connection -> {
            if (relists == 1) {
                facts.report(connection);
            }
            subscription.list(lister, connection);
            return false;
        });
    }

    private void watch(Subscription subscription) {
        boolean opened = attempt(subscription, connection -> subscription.watch(connection, selector));
        if (opened) {
            // What came together with the head of the answer is not announced by the selector.
            read(subscription);
        }
    }

    /** Uses a connection and returns whether it was kept. */
    @FunctionalInterface
    private interface Use {
        boolean keeps(ApiConnection connection) throws IOException;
    }

    private boolean attempt(Subscription subscription, Use use) {
        ApiConnection connection;
        try {
            connection = connection();
            reach.succeeded();
        } catch (IOException e) {
            reach.failed(0);
            failed("the API server " + server.authority() + " cannot be reached: " + e.getMessage());
            return false;
        }
        try {
            if (use.keeps(connection)) {
                return true;
            }
            if (connection.isUsable()) {
                idle.push(connection);
                return false;
            }
        } catch (IOException e) {
            failed(subscription.collection().resource().id() + ": " + e.getMessage());
        }
        close(connection);
        return false;
    }

    private ApiConnection connection() throws IOException {
        for (ApiConnection kept = idle.poll(); kept != null; kept = idle.poll()) {
            if (kept.isUsable()) {
                return kept;
            }
            close(kept);
        }
        return ApiConnection.open(server);
    }

    private void ready(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof Subscription subscription) {
            read(subscription);
        }
    }

    private void read(Subscription subscription) {
        try {
            ApiConnection free = subscription.read();
            if (free != null) {
                idle.push(free);
            }
        } catch (IOException e) {
            failed(subscription.collection().resource().id() + ": " + e.getMessage());
        }
    }

    private long pause(long now) {
        long wait = SECOND_NANOS;
        boolean settled = settled();
        for (Subscription subscription : subscriptions) {
            if (settled || !subscription.collection().resource().events()) {
                wait = Math.min(wait, subscription.left(now));
            }
        }
        boolean able = publisherThere.getAsBoolean() && outbox.hasRoom();
        return able ? Math.max(wait, reach.left(now)) : SECOND_NANOS / 4;
    }

    private void failed(String sentence) {
        failures++;
        trouble.accept(sentence);
    }

    private static void close(ApiConnection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            // It is given up either way.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        subscriptions.forEach(Subscription::drop);
        idle.forEach(Collector::close);
        selector.close();
    }
}
