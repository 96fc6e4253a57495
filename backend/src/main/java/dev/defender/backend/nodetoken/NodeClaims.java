/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.nodetoken;

import com.nimbusds.jwt.JWTClaimsSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a genuine token says, against what it must say. */
final class NodeClaims {
    /** For whom the token was made; the DaemonSet's projected volume asks for it. */
    static final String AUDIENCE = "defender-backend";

    private static final String NAMESPACE = "kube-system";
    private static final String ACCOUNT = "microsoft-defender-publisher";
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final JWTClaimsSet claims;

    NodeClaims(JWTClaimsSet claims) {
        this.claims = claims;
    }

    void check(String issuer, String node, Instant now) throws BadNodeTokenException {
        require("iss", issuer, claims.getIssuer());
        List<String> audience = claims.getAudience();
        if (!audience.contains(AUDIENCE)) {
            throw new BadNodeTokenException(
                    "aud", "is " + Printable.of(audience) + " and must have \"" + AUDIENCE + "\"");
        }
        times(now);
        require("kubernetes.io.namespace", NAMESPACE, text("namespace"));
        require("kubernetes.io.serviceaccount.name", ACCOUNT, text("serviceaccount", "name"));
        String claimed = text("node", "name");
        if (claimed == null) {
            throw new BadNodeTokenException(
                    "kubernetes.io.node.name", "is missing; Kubernetes puts it in from version 1.30 on");
        }
        require("kubernetes.io.node.name", node, claimed);
    }

    private void times(Instant now) throws BadNodeTokenException {
        Date end = claims.getExpirationTime();
        if (end == null) {
            throw new BadNodeTokenException("exp", "is missing");
        }
        if (!now.isBefore(end.toInstant().plus(SKEW))) {
            throw new BadNodeTokenException("exp", "is over since " + end.toInstant() + "; here it is " + now);
        }
        Date begin = claims.getNotBeforeTime();
        if (begin != null && now.isBefore(begin.toInstant().minus(SKEW))) {
            throw new BadNodeTokenException(
                    "nbf", "is " + begin.toInstant() + "; here it is " + now + ", compare the clocks");
        }
    }

    private static void require(String claim, String expected, @Nullable String value) throws BadNodeTokenException {
        if (!expected.equals(value)) {
            throw new BadNodeTokenException(
                    claim,
                    (value == null ? "is missing" : "is " + Printable.of(value)) + " and must be "
                            + Printable.of(expected));
        }
    }

    /** A text below the claim "kubernetes.io"; null when it is not there or no text. */
    private @Nullable String text(String... path) {
        Object value = claims.getClaim("kubernetes.io");
        for (String name : path) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return value instanceof String text ? text : null;
    }
}
