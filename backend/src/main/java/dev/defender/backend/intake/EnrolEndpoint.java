/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.intake;

import dev.defender.backend.http.Endpoint;
import dev.defender.backend.http.Exchange;
import dev.defender.backend.http.Json;
import dev.defender.backend.http.Problem;
import dev.defender.backend.http.ProblemException;
import dev.defender.backend.identity.BadEnrolmentException;
import dev.defender.backend.identity.Caller;
import dev.defender.backend.identity.Enrolment;
import dev.defender.backend.identity.IdentityUnavailableException;
import dev.defender.backend.identity.RefusedException;
import java.io.IOException;

/** Certificates for nodes: a first one for an enrolment token, the next one for the current one. */
final class EnrolEndpoint implements Endpoint {
    private static final int MAX_BODY_BYTES = 8 << 10;
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Enrolment enrolment;

    EnrolEndpoint(Enrolment enrolment) {
        this.enrolment = enrolment;
    }

    @Override
    public void serve(Exchange exchange) throws ProblemException, IOException {
        try {
            Enrolment.Grant grant = grant(exchange);
            Json.stream(exchange, 200, json -> {
                json.writeStartObject();
                json.writeStringField("cluster", grant.cluster());
                json.writeStringField("node", grant.node());
                json.writeStringField("certificate", grant.certificate());
                json.writeStringField("notAfter", grant.notAfter().toString());
                json.writeStringField("renewAfter", grant.renewAfter().toString());
                json.writeEndObject();
            });
        } catch (RefusedException e) {
            String detail = String.valueOf(e.getMessage());
            if (!e.known()) {
                throw new ProblemException(Problem.unauthenticated(detail));
            }
            String claim = e.claim();
            throw new ProblemException(claim == null ? Problem.forbidden(detail) : Problem.forbidden(detail, claim));
        } catch (BadEnrolmentException e) {
            throw new ProblemException(Problem.badRequest(String.valueOf(e.getMessage())));
        } catch (IdentityUnavailableException e) {
            throw new ProblemException(
                    Problem.unavailable("the database does not answer; try again", RETRY_AFTER_SECONDS));
        }
    }

    private Enrolment.Grant grant(Exchange exchange)
            throws ProblemException, IOException, RefusedException, BadEnrolmentException,
                    IdentityUnavailableException {
        if (exchange.caller() instanceof Caller.Node node) {
            return enrolment.renew(node, body(exchange), exchange.remote());
        }
        // The token is proved before the body is looked at.
        enrolment.requireToken(exchange.bearer());
        return enrolment.enrol(exchange.bearer(), body(exchange), exchange.remote());
    }

    private static Enrolment.Request body(Exchange exchange) throws ProblemException, IOException {
        return Json.read(exchange, MAX_BODY_BYTES, Enrolment.Request.class);
    }
}
