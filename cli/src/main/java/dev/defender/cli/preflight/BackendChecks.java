/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.preflight;

import dev.defender.cli.terminal.Failure;
import dev.defender.cli.tls.PemFile;
import dev.defender.cli.tls.TlsContexts;
import dev.defender.cli.web.ProxySettings;
import dev.defender.cli.web.Web;
import java.net.URI;
import java.util.List;

/** The way to the backend: proxy, connection, certificate. */
final class BackendChecks {
    private BackendChecks() {}

    static List<Check> run(URI endpoint, PemFile ca, ProxySettings proxies) {
        String through = proxies.proxyFor(endpoint);
        Check proxy = Check.ok(
                "proxy",
                through == null
                        ? "none for " + endpoint.getHost() + " (HTTPS_PROXY, NO_PROXY)"
                        : through + " for " + endpoint.getHost());
        Web web = new Web(endpoint, "the backend", TlsContexts.trusting(ca.certificates()), proxies);
        Web.Outcome outcome = web.attempt("GET", "/readyz", List.of(), null);
        if (outcome.trouble() == Web.Trouble.CERTIFICATE) {
            return List.of(
                    proxy,
                    Check.ok("endpoint", endpoint + " accepts connections"),
                    Check.fail(
                            "CA",
                            outcome.sentence(),
                            through == null
                                    ? "give the backend's pki/ca.pem by --ca, or an --endpoint that its certificate names"
                                    : "the proxy must pass TLS through untouched; or give the backend's pki/ca.pem by --ca"));
        }
        if (outcome.trouble() != Web.Trouble.NONE) {
            return List.of(
                    proxy,
                    Check.fail(
                            "endpoint",
                            outcome.sentence(),
                            "open the way to it (firewall, NetworkPolicy, DNS), or correct the address"),
                    Check.skip("CA", "no connection", ""));
        }
        return List.of(proxy, endpoint(endpoint, outcome.answer()), Check.ok("CA", "signed the backend's certificate"));
    }

    private static Check endpoint(URI endpoint, Web.Answer answer) {
        return switch (answer.status()) {
            case 200 -> Check.ok("endpoint", endpoint + " is ready");
            case 503 ->
                Check.fail("endpoint", endpoint + " is up, but its database does not answer", "see the backend's log");
            default ->
                Check.fail(
                        "endpoint",
                        endpoint + " answers " + answer.status() + ": that is no backend",
                        "correct the address");
        };
    }

    static List<Check> of(Failure failure) {
        return List.of(Check.fail("endpoint", failure.sentence(), "correct the option or the file"));
    }
}
