/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import dev.defender.backend.identity.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes a request, proves its caller, has it answered, and turns what goes wrong into a problem document. */
final class RouteHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(RouteHandler.class);

    /** What of a refused body is still read, so that the client gets to read the answer instead of a reset. */
    private static final int DRAIN_BYTES = 8 << 20;

    private final Router router;
    private final Gate gate;
    private final MeterRegistry meters;

    RouteHandler(Router router, Gate gate, MeterRegistry meters) {
        this.router = router;
        this.gate = gate;
        this.meters = meters;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String requestId = UUID.randomUUID().toString();
        long start = System.nanoTime();
        prepare(response, requestId);
        String route = "none";
        try {
            Router.Match match =
                    router.find(request.getMethod(), request.getHttpURI().getPath());
            route = match.route().template();
            Caller caller = gate.admit(match.route().access(), request);
            match.route().endpoint().serve(new Exchange(request, response, caller, match.variables()));
            callback.succeeded();
        } catch (ProblemException e) {
            refuse(request, response, e.problem(), requestId, callback);
        } catch (IOException e) {
            LOG.debug("request {} was given up by its client", requestId, e);
            callback.failed(e);
        } catch (RuntimeException e) {
            LOG.error("request {} {} failed, request id {}", request.getMethod(), route, requestId, e);
            refuse(request, response, Problem.internal(), requestId, callback);
        } finally {
            count(route, response.getStatus(), System.nanoTime() - start);
        }
        return true;
    }

    private static void prepare(Response response, String requestId) {
        response.getHeaders().put(new HttpField("Request-Id", requestId));
        response.getHeaders().put(new HttpField("Cache-Control", "no-store"));
        response.getHeaders().put(new HttpField("X-Content-Type-Options", "nosniff"));
    }

    private static void refuse(
            Request request, Response response, Problem problem, String requestId, Callback callback) {
        if (response.isCommitted()) {
            // Half an answer is out; breaking the connection is the only way left to say that it is not whole.
            callback.failed(new IOException(problem.detail()));
            return;
        }
        response.reset();
        prepare(response, requestId);
        drain(request);
        ProblemWriter.send(response, problem, requestId, callback);
    }

    private static void drain(Request request) {
        byte[] scrap = new byte[8192];
        try {
            InputStream body = Content.Source.asInputStream(request);
            int left = DRAIN_BYTES;
            int read;
            while (left > 0 && (read = body.read(scrap)) >= 0) {
                left -= read;
            }
        } catch (IOException e) {
            LOG.debug("the body of a refused request could not be read to its end", e);
        }
    }

    private void count(String route, int status, long nanos) {
        Timer.builder("defender.http.requests")
                .description("Requests answered, by route template and status")
                .tag("route", route)
                .tag("status", Integer.toString(status))
                .register(meters)
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
