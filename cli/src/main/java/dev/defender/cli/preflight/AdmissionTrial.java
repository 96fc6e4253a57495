/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.defender.cli.kube.KubeApi;
import dev.defender.cli.terminal.Failure;

/** Whether a pod with the sensor's rights would be admitted. The API server is asked to try; nothing is created. */
final class AdmissionTrial {
    private static final String SUBJECT = "admission";
    private static final String PATH = "/api/v1/namespaces/kube-system/pods?dryRun=All&fieldManager=defenderctl";

    /** What the operator gives the sensor's pod, as far as policies look at it. */
    private static final String POD = """
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"generateName": "defender-preflight-", "namespace": "kube-system",
                          "labels": {"app.kubernetes.io/part-of": "defender-for-containers",
                                     "app.kubernetes.io/component": "sensor"}},
             "spec": {"hostPID": true, "automountServiceAccountToken": false, "restartPolicy": "Never",
                      "priorityClassName": "system-node-critical",
                      "tolerations": [{"operator": "Exists"}],
                      "securityContext": {"runAsUser": 0, "runAsGroup": 0, "supplementalGroups": [64100],
                                          "seccompProfile": {"type": "RuntimeDefault"},
                                          "seLinuxOptions": {"type": "spc_t"}},
                      "containers": [{"name": "sensor",
                        "resources": {"requests": {"cpu": "360m", "memory": "296Mi"},
                                      "limits": {"cpu": "360m", "memory": "296Mi"}},
                        "securityContext": {"allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true,
                          "capabilities": {"drop": ["ALL"], "add": ["SYS_ADMIN", "SYS_PTRACE", "SYS_RESOURCE"]}},
                        "volumeMounts": [{"name": "bpffs", "mountPath": "/sys/fs/bpf"},
                                         {"name": "cgroup", "mountPath": "/sys/fs/cgroup", "readOnly": true},
                                         {"name": "host-run", "mountPath": "/host/run", "readOnly": true},
                                         {"name": "state", "mountPath": "/var/lib/defender/sensor"}]}],
                      "volumes": [{"name": "bpffs", "hostPath": {"path": "/sys/fs/bpf"}},
                                  {"name": "cgroup", "hostPath": {"path": "/sys/fs/cgroup"}},
                                  {"name": "host-run", "hostPath": {"path": "/run"}},
                                  {"name": "state", "hostPath": {"path": "/var/lib/defender/sensor"}}]}}
            """;

    private AdmissionTrial() {}

    /** @param image that policies about registries get to see */
    static Check check(KubeApi api, String image) throws Failure {
        KubeApi.Reply reply = api.post(PATH, pod(image));
        if (reply.good()) {
            return Check.ok(SUBJECT, "a pod with the sensor's rights is admitted to kube-system");
        }
        if (reply.message().contains("cannot create resource")) {
            return Check.skip(SUBJECT, reply.message(), "ask as somebody who may create pods in kube-system");
        }
        String remedy = reply.message().contains("PodSecurity")
                ? "label the namespace: kubectl label namespace kube-system"
                        + " pod-security.kubernetes.io/enforce=privileged --overwrite"
                : "exempt the pods of defender-for-containers in kube-system from what the message names";
        return Check.fail(SUBJECT, reply.message(), remedy);
    }

    private static JsonNode pod(String image) {
        try {
            JsonNode pod = new ObjectMapper().readTree(POD);
            ((ObjectNode) pod.at("/spec/containers/0")).put("image", image);
            return pod;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the pod above is JSON", e);
        }
    }
}
