/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

import dev.defender.backend.identity.Authenticator;
import dev.defender.backend.identity.Caller;
import dev.defender.backend.identity.RefusedException;
import dev.defender.backend.identity.Role;
import java.security.cert.X509Certificate;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Lets a request through to its route, or not. */
final class Gate {
    private final Authenticator authenticator;

    Gate(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    Caller admit(Access access, Request request) throws ProblemException {
        try {
            return switch (access) {
                case OPEN -> new Caller.Anonymous();
                case NODE -> authenticator.node(certificate(request));
                case VIEWER -> user(request, Role.VIEWER);
                case ANALYST -> user(request, Role.ANALYST);
                case ADMIN -> user(request, Role.ADMIN);
            };
        } catch (RefusedException e) {
            throw new ProblemException(refusal(e));
        }
    }

    private Caller user(Request request, Role needed) throws RefusedException, ProblemException {
        Caller.User user = authenticator.user(Bearer.of(request));
        if (!user.role().includes(needed)) {
            throw new ProblemException(Problem.forbidden("this needs the role " + needed.label() + "; the token has "
                    + user.role().label()));
        }
        return user;
    }

    private static Problem refusal(RefusedException e) {
        String detail = String.valueOf(e.getMessage());
        return e.known() ? Problem.forbidden(detail) : Problem.unauthenticated(detail);
    }

    private static @Nullable X509Certificate certificate(Request request) {
        if (request.getAttribute(EndPoint.SslSessionData.ATTRIBUTE) instanceof EndPoint.SslSessionData session) {
            X509Certificate[] chain = session.peerCertificates();
            return chain == null || chain.length == 0 ? null : chain[0];
        }
        return null;
    }
}
