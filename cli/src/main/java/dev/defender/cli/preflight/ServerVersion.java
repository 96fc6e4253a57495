/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.preflight;

import dev.defender.cli.kube.KubeApi;
import dev.defender.cli.terminal.Failure;

/** Kubernetes' own version. */
final class ServerVersion {
    private static final int NODE_IN_TOKENS = 30;

    private ServerVersion() {}

    static Check check(KubeApi api) throws Failure {
        KubeApi.Reply reply = api.get("/version");
        String version = reply.body().path("gitVersion").asText();
        String minor = reply.body().path("minor").asText().replaceAll("[^0-9]", "");
        if (!reply.good() || version.isEmpty() || minor.isEmpty()) {
            return Check.skip("Kubernetes", "the API server does not tell its version", "");
        }
        return Integer.parseInt(minor) >= NODE_IN_TOKENS
                ? Check.ok("Kubernetes", version)
                : Check.warn(
                        "Kubernetes",
                        version,
                        "before 1.30 tokens do not name their node: onboard with --without-node-keys, or upgrade");
    }
}
