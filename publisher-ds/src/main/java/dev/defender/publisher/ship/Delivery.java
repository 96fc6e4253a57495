/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.ship;

import dev.defender.publisher.health.Conditions;
import dev.defender.publisher.http.Response;
import dev.defender.publisher.identity.Credentials;
import dev.defender.publisher.identity.Credentials.Session;
import dev.defender.publisher.ship.Batch.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Sends one part of a batch until the backend has decided on it; waits as the contract says. One thread. */
final class Delivery {
    enum Outcome {
        ACCEPTED,
        SPLIT,
        BAD
    }

    private final BackendLink link;
    private final BatchEncoder encoder;
    private final Credentials credentials;
    private final Conditions conditions;
    private final ShipStats stats;
    private final Backoff backoff = new Backoff();
    private String refusal = "";

    Delivery(BackendLink link, BatchEncoder encoder, Credentials credentials, Conditions conditions, ShipStats stats) {
        this.link = link;
        this.encoder = encoder;
        this.credentials = credentials;
        this.conditions = conditions;
        this.stats = stats;
    }

    /** What the backend said when it proved the last part bad. */
    String refusal() {
        return refusal;
    }

    Outcome deliver(Batch batch, Part part) throws InterruptedException {
        while (true) {
            Session session = link.session();
            // For each attempt: it names the cluster and says when it was sent.
            ByteBuffer body = encoder.encode(batch, part, session.cluster());
            try {
                Response response = link.send(session, body);
                stats.answered(response.status());
                conditions.clear(Conditions.BACKEND_UNREACHABLE);
                switch (Treatment.of(response)) {
                    case ACCEPTED -> {
                        accepted(part, body);
                        return Outcome.ACCEPTED;
                    }
                    case BAD -> {
                        refusal = clip(response.text());
                        return Outcome.BAD;
                    }
                    case SPLIT -> {
                        if (part.count() > 1) {
                            return Outcome.SPLIT;
                        }
                        hold(session, "RecordTooLarge", response);
                    }
                    case UNAUTHENTICATED -> {
                        credentials.rejected(session);
                        turnedAway(session, response);
                    }
                    case FORBIDDEN -> {
                        credentials.look();
                        turnedAway(session, response);
                    }
                    case BUSY -> pause(session, response);
                    case UNSUPPORTED -> hold(session, "UnsupportedProtocol", response);
                    case HOLD -> hold(session, "Status" + response.status(), response);
                }
            } catch (IOException e) {
                unreachable(session, e);
            }
        }
    }

    private void accepted(Part part, ByteBuffer body) {
        backoff.reset();
        conditions.clear(Conditions.CREDENTIALS_INVALID);
        conditions.clear(Conditions.BACKEND_REFUSES);
        stats.batches.incrementAndGet();
        stats.records.addAndGet(part.count());
        stats.rawBytes.addAndGet(part.length());
        stats.sentBytes.addAndGet(body.limit());
    }

    private void hold(Session session, String reason, Response response) throws InterruptedException {
        conditions.raise(
                Conditions.BACKEND_REFUSES,
                reason,
                "the backend answers a batch with status " + response.status() + " (" + clip(response.text())
                        + "); it is kept and sent again");
        pause(session, response);
    }

    private void turnedAway(Session session, Response response) throws InterruptedException {
        conditions.raise(
                Conditions.CREDENTIALS_INVALID,
                "Status" + response.status(),
                "the backend does not take batches from this node (" + clip(response.text())
                        + "); nothing is lost: check the node's enrolment");
        pause(session, response);
    }

    private void pause(Session session, Response response) throws InterruptedException {
        long asked = RetryAfter.millis(response.header("retry-after"), Instant.now());
        credentials.awaitChange(session.generation(), backoff.next(asked));
    }

    private void unreachable(Session session, IOException failure) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        stats.connectionFailures.incrementAndGet();
        conditions.raise(
                Conditions.BACKEND_UNREACHABLE,
                failure.getClass().getSimpleName(),
                String.valueOf(failure.getMessage()));
        credentials.look();
        credentials.awaitChange(session.generation(), backoff.next());
    }

    private static String clip(String text) {
        return text.length() > 200 ? text.substring(0, 200) : text;
    }
}
