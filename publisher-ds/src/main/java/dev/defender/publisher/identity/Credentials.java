/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.identity;

import dev.defender.publisher.health.Conditions;
import dev.defender.publisher.health.Console;
import dev.defender.publisher.http.Endpoint;
import dev.defender.publisher.http.HttpConnection;
import dev.defender.publisher.http.ProxySettings;
import dev.defender.publisher.identity.Enrolment.RejectedException;
import dev.defender.publisher.identity.Onboarding.Backend;
import java.io.IOException;
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
     * @param generation changes with every new endpoint or context
     */
    public record Session(long generation, Endpoint endpoint, SSLContext context, String cluster) {}

    private final Onboarding onboarding;
    private final ProxySettings proxies;
    private final IdentityStore store;
    private final Enrolment enrolment;
    private final Conditions conditions;
    private final Console console;
    private @Nullable Backend loaded;
    private String loadedPem = "";
    private @Nullable NodeIdentity identity;

    // Guarded by this.
    private @Nullable Session session;
    private long rejectedGeneration;
    private boolean asked;
    private boolean stopping;

    /** @param directory of the node's key and certificate */
    public Credentials(
            Onboarding onboarding,
            ProxySettings proxies,
            Path directory,
            String node,
            Conditions conditions,
            Console console) {
        this.onboarding = onboarding;
        this.proxies = proxies;
        this.store = new IdentityStore(directory);
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

    /**
     * The backend does not accept the certificate of this session (401): look at the files, and if they are the same enrol
     * anew. Late news of a session that has been replaced changes nothing.
     */
    public synchronized void rejected(Session of) {
        rejectedGeneration = of.generation();
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
            refused(e);
        } catch (IOException e) {
            conditions.raise(Conditions.BACKEND_UNREACHABLE, "Enrolment", String.valueOf(e.getMessage()));
        } catch (GeneralSecurityException e) {
            conditions.raise(Conditions.CREDENTIALS_INVALID, "Unusable", String.valueOf(e.getMessage()));
        }
        return -ThreadLocalRandom.current().nextLong(retry / 2, retry + 1);
    }

    private void refused(RejectedException e) {
        conditions.clear(Conditions.BACKEND_UNREACHABLE);
        if (e.passing()) {
            conditions.raise(
                    Conditions.BACKEND_REFUSES,
                    "Enrolment" + e.status(),
                    "the backend cannot enrol this node now (" + e.getMessage() + "); asked again until it can");
        } else {
            conditions.raise(
                    Conditions.CREDENTIALS_INVALID,
                    "Rejected" + e.status(),
                    "the backend refuses to enrol this node (" + e.getMessage() + "); put a valid token into "
                            + onboarding.tokenFile());
        }
    }

    private void refresh() throws IOException, GeneralSecurityException, RejectedException {
        Backend backend = onboarding.backend();
        String pem = store.read();
        boolean changed = !pem.equals(loadedPem) || !backend.equals(loaded);
        if (changed) {
            NodeIdentity stored = store.load();
            // Onboarded anew, as another cluster: what the old one's certificate says is no longer so.
            identity = stored != null && isOfAnother(backend, stored) ? null : stored;
            publish(backend, pem);
        }
        NodeIdentity current = identity;
        Instant now = Instant.now();
        boolean refused = isRejected();
        if (current == null || current.expired(now) || refused) {
            enrol(backend);
        } else if (!now.isBefore(current.renewAfter())) {
            renew(backend, current);
        }
    }

    private void enrol(Backend backend) throws IOException, GeneralSecurityException, RejectedException {
        String token = onboarding.token();
        String nodeToken = onboarding.nodeToken();
        try (HttpConnection connection = connect(backend, TlsContexts.create(backend, null))) {
            take(backend, enrolment.enrol(connection, token, nodeToken));
        }
        console.milestone("enrolled with " + backend.endpoint().authority());
    }

    private void renew(Backend backend, NodeIdentity current)
            throws IOException, GeneralSecurityException, RejectedException {
        try (HttpConnection connection = connect(backend, TlsContexts.create(backend, current))) {
            take(backend, enrolment.renew(connection));
        } catch (RejectedException e) {
            if (!e.credentials()) {
                throw e;
            }
            enrol(backend);
        }
    }

    private void take(Backend backend, Enrolment.Issued issued) throws IOException, GeneralSecurityException {
        NodeIdentity fresh = issued.identity();
        if (fresh.expired(Instant.now())) {
            throw new IOException("the certificate that the backend issued ended at " + fresh.notAfter()
                    + ", which is past; compare the clocks of node and backend");
        }
        if (isOfAnother(backend, fresh)) {
            throw new GeneralSecurityException("the token in " + onboarding.tokenFile() + " is of cluster "
                    + fresh.cluster() + ", but this cluster was onboarded as " + backend.cluster()
                    + "; put a token of this cluster there");
        }
        store.store(issued.pem());
        identity = fresh;
        publish(backend, issued.pem());
    }

    private static boolean isOfAnother(Backend backend, NodeIdentity identity) {
        return !backend.cluster().isEmpty() && !backend.cluster().equals(identity.cluster());
    }

    private void publish(Backend backend, String pem) throws GeneralSecurityException {
        loaded = backend;
        loadedPem = pem;
        NodeIdentity current = identity;
        if (current == null || current.expired(Instant.now())) {
            return;
        }
        SSLContext context = TlsContexts.create(backend, current);
        synchronized (this) {
            long generation = session == null ? 1 : session.generation() + 1;
            session = new Session(generation, backend.endpoint(), context, current.cluster());
            notifyAll();
        }
    }

    private HttpConnection connect(Backend backend, SSLContext context) throws IOException {
        Endpoint endpoint = backend.endpoint();
        return HttpConnection.open(endpoint, proxies.proxyFor(endpoint), context, TIMEOUT_MILLIS);
    }

    private synchronized boolean isRejected() {
        return session != null && session.generation() == rejectedGeneration;
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
