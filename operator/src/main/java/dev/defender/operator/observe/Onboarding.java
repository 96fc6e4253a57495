/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.observe;

import dev.defender.operator.api.Names;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The onboarding Secret: is it there, and where does it lead? Nothing of it but the endpoint is kept.
 *
 * @param state whether it can be used
 * @param message what is wrong and what to do; empty when nothing is
 * @param endpoint of the backend; without a usable Secret one on port 443
 */
public record Onboarding(State state, String message, URI endpoint) {
    /** What may be wrong with it. */
    public enum State {
        PRESENT,
        MISSING,
        FORBIDDEN,
        INVALID
    }

    private static final URI UNKNOWN = URI.create("https://backend.invalid:443");
    private static final List<String> KEYS = List.of("endpoint", "ca.pem", "enrolment-token", "cluster");

    public static Onboarding read(KubernetesClient client, String name) {
        String where = "Secret " + Names.COMPONENT_NAMESPACE + "/" + name;
        try {
            Secret secret = client.secrets()
                    .inNamespace(Names.COMPONENT_NAMESPACE)
                    .withName(name)
                    .get();
            return secret == null
                    ? new Onboarding(
                            State.MISSING,
                            where + " is not there. Make it with: defenderctl cluster add NAME --backend=URL --ca=FILE"
                                    + " --token-file=FILE | kubectl apply -f -",
                            UNKNOWN)
                    : check(where, secret);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
                throw e;
            }
            return new Onboarding(
                    State.FORBIDDEN,
                    "the operator may not read " + where + "; name it in the chart's onboarding.secretName",
                    UNKNOWN);
        }
    }

    public boolean usable() {
        return state == State.PRESENT;
    }

    private static Onboarding check(String where, Secret secret) {
        for (String key : KEYS) {
            if (value(secret, key).isEmpty()) {
                return invalid(where + " has no key " + key);
            }
        }
        String endpoint = value(secret, "endpoint");
        try {
            URI uri = URI.create(endpoint);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                return new Onboarding(State.PRESENT, "", uri);
            }
        } catch (IllegalArgumentException e) {
            return invalid(where + ": endpoint \"" + endpoint + "\" is no URL (" + e.getMessage() + ")");
        }
        return invalid(where + ": endpoint \"" + endpoint + "\" is not of the form https://host:port");
    }

    private static Onboarding invalid(String what) {
        return new Onboarding(State.INVALID, what + "; make it again with: defenderctl cluster add", UNKNOWN);
    }

    private static String value(Secret secret, String key) {
        String encoded = secret.getData() == null ? null : secret.getData().get(key);
        return encoded == null ? "" : new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip();
    }
}
