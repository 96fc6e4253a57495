/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.preflight;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.backend.BackendClient;
import dev.defender.cli.kube.KubeApi;
import dev.defender.cli.terminal.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What the API server tells of the nodes: kernel, architecture, runtime. */
final class NodeSurvey {
    private static final int PAGE = 500;
    private static final int NAMED = 5;

    private final List<String> unfit = new ArrayList<>();
    private final TreeMap<String, Integer> kinds = new TreeMap<>();
    private int fit;

    private NodeSurvey() {}

    static Check check(KubeApi api) throws Failure {
        NodeSurvey survey = new NodeSurvey();
        String next = "";
        do {
            KubeApi.Reply reply = api.get(
                    "/api/v1/nodes?limit=" + PAGE + (next.isEmpty() ? "" : "&continue=" + BackendClient.encoded(next)));
            if (!reply.good()) {
                return Check.skip("nodes", reply.message(), "ask as somebody who may list nodes");
            }
            reply.body().path("items").forEach(survey::add);
            next = reply.body().at("/metadata/continue").asText();
        } while (!next.isEmpty());
        return survey.result();
    }

    private void add(JsonNode node) {
        JsonNode info = node.at("/status/nodeInfo");
        JsonNode labels = node.at("/metadata/labels");
        String name = node.at("/metadata/name").asText();
        String system = info.path("operatingSystem").asText();
        String architecture = info.path("architecture").asText();
        String kernel = info.path("kernelVersion").asText();
        if (!system.equals("linux")) {
            unfit.add(name + " (" + system + ")");
        } else if (labels.path("type").asText().equals("virtual-kubelet")
                || labels.path("eks.amazonaws.com/compute-type").asText().equals("fargate")) {
            unfit.add(name + " (serverless)");
        } else if (!architecture.equals("amd64")) {
            unfit.add(name + " (" + architecture + ", not measured yet)");
        } else if (!Kernels.goodEnough(kernel)) {
            unfit.add(name + " (Linux " + kernel + ")");
        } else {
            fit++;
            kinds.merge(
                    "Linux " + kernel + ", "
                            + info.path("containerRuntimeVersion").asText(),
                    1,
                    Integer::sum);
        }
    }

    private Check result() {
        int all = fit + unfit.size();
        String what = fit + " of " + all + " can be observed";
        List<String> most = kinds.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .limit(NAMED)
                .map(kind -> kind.getValue() + " × " + kind.getKey())
                .toList();
        if (unfit.isEmpty() && fit > 0) {
            return Check.ok("nodes", what + ": " + String.join("; ", most));
        }
        String others = String.join(", ", unfit.subList(0, Math.min(NAMED, unfit.size())))
                + (unfit.size() > NAMED ? " and " + (unfit.size() - NAMED) + " more" : "");
        String remedy = "the components keep off those; give them Linux " + Kernels.OLDEST + " or later on amd64";
        return fit == 0
                ? Check.fail("nodes", what + ", not: " + others, remedy)
                : Check.warn("nodes", what + ", not: " + others, remedy);
    }
}
