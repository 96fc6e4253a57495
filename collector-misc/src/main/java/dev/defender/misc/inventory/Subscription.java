/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

import dev.defender.misc.api.ApiConnection;
import dev.defender.misc.json.JsonScanner;
import java.io.IOException;
import java.nio.channels.Selector;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One collection between its lists and its watches: what is due for it next. Collector thread. */
public final class Subscription {
    private static final int WATCH_SECONDS = 300;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long LASTING_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** So often every object is reported whole, for whatever got lost behind the publisher. */
    private static final long WHOLE_NANOS = TimeUnit.HOURS.toNanos(24);

    /** A resource that the API server does not have, or does not let us see, counts as settled. */
    public enum Standing {
        PENDING,
        WATCHED,
        NOT_SERVED,
        FORBIDDEN
    }

    private final Collection collection;
    private final SplittableRandom random;
    private final Backoff backoff;
    private final JsonScanner scanner = new JsonScanner(0);
    private @Nullable Watch watch;
    private String resourceVersion = "";
    private Standing standing = Standing.PENDING;
    private long watchBegan;
    private long watchEnds;
    private long wholeAt = System.nanoTime() + WHOLE_NANOS;

    Subscription(Collection collection, SplittableRandom random) {
        this.collection = collection;
        this.random = random;
        this.backoff = new Backoff(random);
    }

    public Collection collection() {
        return collection;
    }

    public Standing standing() {
        return standing;
    }

    public boolean watching() {
        return watch != null;
    }

    /** Nanoseconds until {@link #listDue} or {@link #watchDue} may become true; not negative. */
    long left(long now) {
        if (watch == null || collection.incomplete()) {
            return backoff.left(now);
        }
        return Math.max(0, watchEnds - now);
    }

    boolean listDue(long now) {
        if (now - wholeAt > 0) {
            wholeAt = now + WHOLE_NANOS;
            collection.forgetReports();
            resourceVersion = "";
        }
        return (resourceVersion.isEmpty() || collection.incomplete()) && backoff.due(now);
    }

    boolean watchDue(long now) {
        return watch == null && !resourceVersion.isEmpty() && backoff.due(now);
    }

    /** Whether the server should have ended the watch by now: the connection leads nowhere. */
    boolean overdue(long now) {
        return watch != null && now - watchEnds > 0;
    }

    /** Lists anew. A watch that is open is given up first, for the list says more. */
    void list(Lister lister, ApiConnection connection) throws IOException {
        drop();
        resourceVersion = "";
        try {
            resourceVersion = lister.list(connection, collection);
            standing = Standing.PENDING;
            if (collection.incomplete()) {
                backoff.failed(0);
            } else {
                backoff.now();
            }
        } catch (Unlisted e) {
            refused(e);
        } catch (IOException e) {
            backoff.failed(0);
            throw e;
        }
    }

    /**
     * Opens the watch.
     *
     * @return whether the connection is used up by it
     */
    boolean watch(ApiConnection connection, Selector selector) throws IOException {
        int seconds = WATCH_SECONDS + random.nextInt(WATCH_SECONDS);
        try {
            watch = Watch.open(connection, collection, scanner, resourceVersion, seconds, selector, this);
            watchBegan = System.nanoTime();
            watchEnds = watchBegan + TimeUnit.SECONDS.toNanos(seconds) + GRACE_NANOS;
            standing = Standing.WATCHED;
            return true;
        } catch (Unlisted e) {
            if (e.status() == Unlisted.GONE) {
                resourceVersion = "";
            } else {
                refused(e);
            }
            return false;
        } catch (IOException e) {
            backoff.failed(0);
            throw e;
        }
    }

    /** Takes what the watch has; returns a connection that came free, if one did. */
    @Nullable
    ApiConnection read() throws IOException {
        Watch open = watch;
        if (open == null) {
            return null;
        }
        try {
            Watch.State state = open.read();
            resourceVersion = open.resourceVersion();
            if (state == Watch.State.OPEN) {
                return null;
            }
            settle();
            if (state == Watch.State.EXPIRED) {
                resourceVersion = "";
                drop();
                return null;
            }
            ApiConnection free = open.release();
            if (free == null) {
                drop();
            }
            watch = null;
            return free;
        } catch (IOException e) {
            // What was read before is reported; from there a new watch goes on.
            resourceVersion = open.resourceVersion();
            drop();
            settle();
            throw e;
        }
    }

    /** A watch that lasted was a good one; one that did not is not opened again at once. */
    private void settle() {
        if (System.nanoTime() - watchBegan > LASTING_NANOS) {
            backoff.succeeded();
        } else {
            backoff.failed(0);
        }
    }

    /** Ends the watch where it is. */
    void drop() {
        Watch open = watch;
        watch = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It is given up either way.
                return;
            }
        }
    }

    private void refused(Unlisted e) {
        switch (e.status()) {
            case Unlisted.NOT_FOUND -> {
                standing = Standing.NOT_SERVED;
                resourceVersion = "";
                backoff.rest();
            }
            case Unlisted.FORBIDDEN -> {
                standing = Standing.FORBIDDEN;
                resourceVersion = "";
                backoff.rest();
            }
            default -> {
                standing = Standing.PENDING;
                backoff.failed(e.retryAfterSeconds());
            }
        }
    }
}
