/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.kube;

import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Terminal;
import dev.defender.cli.tls.PemFile;
import dev.defender.cli.tls.TlsContexts;
import dev.defender.cli.web.Addresses;
import dev.defender.cli.web.ProxySettings;
import dev.defender.cli.web.Web;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The API server of the pod that this runs in, as its ServiceAccount. */
final class InCluster {
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private InCluster() {}

    static boolean here(Terminal terminal) {
        return !terminal.variable("KUBERNETES_SERVICE_HOST").isEmpty() && Files.exists(ACCOUNT.resolve("token"));
    }

    static KubeApi open(Terminal terminal) throws Failure {
        String host = terminal.variable("KUBERNETES_SERVICE_HOST");
        URI server = Addresses.https(
                "KUBERNETES_SERVICE_HOST",
                "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                        + terminal.variable("KUBERNETES_SERVICE_PORT"));
        PemFile ca = PemFile.read("the ServiceAccount's CA", ACCOUNT.resolve("ca.crt"));
        try {
            return new DirectApi(
                    // The way to one's own API server never goes through a proxy.
                    new Web(
                            server,
                            "the API server",
                            TlsContexts.trusting(ca.certificates()),
                            ProxySettings.from(Map.of())),
                    Files.readString(ACCOUNT.resolve("token")).strip());
        } catch (IOException e) {
            throw Failure.file("cannot read the ServiceAccount's token", e);
        }
    }
}
