/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import dev.defender.publisher.health.Conditions;
import dev.defender.publisher.health.Console;
import dev.defender.publisher.http.Endpoint;
import dev.defender.publisher.http.HttpConnection;
import dev.defender.publisher.http.ProxySettings;
import dev.defender.publisher.identity.Enrolment.RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that there is a valid client certificate: enrols, renews, and takes over files that change underneath.
 *
 * <p>{@link #run} is a thread of its own; it wakes once a minute, when a renewal is due, and when a shipper was turned
 * away. Shippers wait for {@link #await} and reconnect when the generation has changed.
 */
public final class Credentials implements Runnable {
    // Renewal by the wall clock and a look at the files: neither needs to be exact.
    private static final Duration LOOK = Duration.ofSeconds(60);
    private static final long SOONEST_LOOK_MILLIS = 100;
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long LAST_RETRY_MILLIS = 60_000;
    private static final long TIMEOUT_MILLIS = 15_000;

    /**
     * What to connect with.
     *
     * @param generation changes with every new context
     */
    public record Session(long generation, SSLContext context, String cluster) {}

    /** Where the credentials lie: CA bundle, enrolment token, and the directory of key and certificate. */
    public record Locations(Path ca, Path token, Path identity) {}

    private final Endpoint endpoint;
    private final ProxySettings proxies;
    private final Locations locations;
    private final IdentityStore store;
    private final Enrolment enrolment;
    private final Conditions conditions;
    private final Console console;
    private String loaded = "";
    private @Nullable NodeIdentity identity;
    private boolean rejected;

    // Guarded by this.
    private @Nullable Session session;
    private boolean asked;
    private boolean stopping;

    public Credentials(
            Endpoint endpoint,
            ProxySettings proxies,
            Locations locations,
            String node,
            Conditions conditions,
            Console console) {
        this.endpoint = endpoint;
        this.proxies = proxies;
        this.locations = locations;
        this.store = new IdentityStore(locations.identity());
        this.enrolment = new Enrolment(node);
        this.conditions = conditions;
        this.console = console;
    }

    /** Waits for credentials to connect with. */
    public synchronized Session await() throws InterruptedException {
        while (session == null) {
            wait();
        }
        return session;
    }

    /** Waits until there are other credentials than those of {@code generation}, at most {@code millis}. */
    public synchronized void awaitChange(long generation, long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && (session == null || session.generation() == generation); ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }

    /** The files may have changed, because connecting failed: look at them now. */
    public synchronized void look() {
        asked = true;
        notifyAll();
    }

    /** The backend does not accept the certificate (401): look at the files, and if they are the same enrol anew. */
    public synchronized void rejected() {
        rejected = true;
        look();
    }

    public synchronized void stop() {
        stopping = true;
        notifyAll();
    }

    @Override
    public void run() {
        long retry = FIRST_RETRY_MILLIS;
        try {
            while (true) {
                long wait = step(retry);
                retry = wait < 0 ? Math.min(2 * retry, LAST_RETRY_MILLIS) : FIRST_RETRY_MILLIS;
                if (pause(Math.abs(wait))) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look; how long to wait for the next in ms, negative after a failure. */
    private long step(long retry) {
        try {
            refresh();
            NodeIdentity current = identity;
            long untilRenewal = current == null
                    ? 0
                    : Duration.between(Instant.now(), current.renewAfter()).toMillis();
            return Math.clamp(untilRenewal, SOONEST_LOOK_MILLIS, LOOK.toMillis());
        } catch (RejectedException e) {
            conditions.raise(
                    Conditions.CREDENTIALS_INVALID,
                    "Rejected" + e.status(),
                    "the backend refuses to enrol this node (" + e.getMessage() + "); put a valid token into "
                            + locations.token());
        } catch (IOException e) {
            conditions.raise(Conditions.BACKEND_UNREACHABLE, "Enrolment", String.valueOf(e.getMessage()));
        } catch (GeneralSecurityException e) {
            conditions.raise(Conditions.CREDENTIALS_INVALID, "Unusable", String.valueOf(e.getMessage()));
        }
        return -ThreadLocalRandom.current().nextLong(retry / 2, retry + 1);
    }

    private void refresh() throws IOException, GeneralSecurityException, RejectedException {
        String ca = readCa();
        String pem = store.read();
        boolean changed = !loaded.equals(ca + pem);
        if (changed) {
            identity = store.load();
            publish(ca, pem);
        }
        NodeIdentity current = identity;
        Instant now = Instant.now();
        boolean refused = takeRejected() && !changed;
        if (current == null || current.expired(now) || refused) {
            enrol(ca);
        } else if (!now.isBefore(current.renewAfter())) {
            renew(ca, current);
        }
    }

    private void enrol(String ca) throws IOException, GeneralSecurityException, RejectedException {
        String token = readToken();
        try (HttpConnection connection = connect(TlsContexts.create(ca, null))) {
            take(ca, enrolment.enrol(connection, token));
        }
        console.milestone("enrolled with " + endpoint.authority());
    }

    private void renew(String ca, NodeIdentity current)
            throws IOException, GeneralSecurityException, RejectedException {
        try (HttpConnection connection = connect(TlsContexts.create(ca, current))) {
            take(ca, enrolment.renew(connection));
        } catch (RejectedException e) {
            if (!e.credentials()) {
                throw e;
            }
            enrol(ca);
        }
    }

    private void take(String ca, Enrolment.Issued issued) throws IOException, GeneralSecurityException {
        if (issued.identity().expired(Instant.now())) {
            throw new IOException("the certificate that the backend issued ended at "
                    + issued.identity().notAfter() + ", which is past; compare the clocks of node and backend");
        }
        store.store(issued.pem());
        identity = issued.identity();
        publish(ca, issued.pem());
    }

    private void publish(String ca, String pem) throws IOException, GeneralSecurityException {
        loaded = ca + pem;
        NodeIdentity current = identity;
        if (current == null || current.expired(Instant.now())) {
            return;
        }
        SSLContext context = TlsContexts.create(ca, current);
        synchronized (this) {
            session = new Session(session == null ? 1 : session.generation() + 1, context, current.cluster());
            notifyAll();
        }
    }

    private HttpConnection connect(SSLContext context) throws IOException {
        return HttpConnection.open(endpoint, proxies.proxyFor(endpoint), context, TIMEOUT_MILLIS);
    }

    private String readCa() throws GeneralSecurityException {
        try {
            return Files.readString(locations.ca());
        } catch (IOException e) {
            throw new GeneralSecurityException("the CA file --ca=" + locations.ca() + " cannot be read", e);
        }
    }

    private String readToken() throws GeneralSecurityException {
        try {
            return Files.readString(locations.token()).trim();
        } catch (IOException e) {
            throw new GeneralSecurityException(
                    "the token file --enrol-token-file=" + locations.token() + " cannot be read", e);
        }
    }

    private synchronized boolean takeRejected() {
        boolean was = rejected;
        rejected = false;
        return was;
    }

    /** Whether it is time to stop. */
    private synchronized boolean pause(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; left > 0 && !asked && !stopping; ) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
        asked = false;
        return stopping;
    }
}
