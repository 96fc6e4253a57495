/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.kube.KubeApi;
import dev.defender.cli.terminal.Failure;
import java.util.ArrayList;
import java.util.List;

/** Objects of the published names that somebody else manages, such as the add-on of AKS. */
final class ForeignDefender {
    private static final String SUBJECT = "foreign Defender";
    private static final String PREFIX = "microsoft-defender-";
    private static final String OURS = "defender-operator";

    private ForeignDefender() {}

    static Check check(KubeApi api, String namePrefix) throws Failure {
        List<String> foreign = new ArrayList<>();
        for (String kind : List.of("daemonsets", "deployments")) {
            KubeApi.Reply reply = api.get("/apis/apps/v1/namespaces/kube-system/" + kind);
            if (!reply.good()) {
                return Check.skip(SUBJECT, reply.message(), "ask as somebody who may list " + kind + " in kube-system");
            }
            for (JsonNode object : reply.body().path("items")) {
                String name = object.at("/metadata/name").asText();
                String manager = object.at("/metadata/labels/app.kubernetes.io~1managed-by")
                        .asText();
                if (name.startsWith(namePrefix + PREFIX) && !manager.equals(OURS)) {
                    foreign.add(kind + "/" + name + (manager.isEmpty() ? "" : " (managed by " + manager + ")"));
                }
            }
        }
        return foreign.isEmpty()
                ? Check.ok(SUBJECT, "none in kube-system")
                : Check.fail(
                        SUBJECT,
                        String.join(", ", foreign),
                        "remove it (AKS: az aks update --disable-defender), or run beside it: set spec.namePrefix in the"
                                + " profile and check with --name-prefix");
    }
}
