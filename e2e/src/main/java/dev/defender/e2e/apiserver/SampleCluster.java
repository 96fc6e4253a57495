/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.defender.e2e.apiserver.KubeApi.Creation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster as they are: five pods of a deployment, one old replica set beside the current one, a service for each; 1.8
 * objects per pod. Pods have environment variables, probes, volumes and a security context.
 */
public final class SampleCluster {
    private static final int PODS_PER_WORKLOAD = 5;
    private static final int PODS_PER_NODE = 100;
    private static final int NAMESPACES = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String POD_SPEC = """
            {"nodeName": "node-%1$d", "serviceAccountName": "default", "automountServiceAccountToken": false,
             "tolerations": [{"operator": "Exists"}],
             "securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}},
             "volumes": [{"name": "config", "configMap": {"name": "app-config"}}, {"name": "data", "emptyDir": {}}],
             "containers": [{"name": "app", "image": "registry.example.com/team/app-%2$d:1.2.3",
               "args": ["--config=/etc/app/config.yaml", "--listen=:8080"],
               "env": [{"name": "ONE", "value": "c4nary-one"}, {"name": "TWO", "value": "c4nary-two"},
                       {"name": "THREE", "value": "c4nary-three"}, {"name": "FOUR", "value": "c4nary-four"},
                       {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}}],
               "ports": [{"containerPort": 8080, "name": "http"}],
               "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}, "limits": {"memory": "128Mi"}},
               "livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080}},
               "readinessProbe": {"httpGet": {"path": "/ready", "port": 8080}},
               "volumeMounts": [{"name": "config", "mountPath": "/etc/app"}, {"name": "data", "mountPath": "/data"}],
               "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}]}
            """;

    private SampleCluster() {}

    /** Creates it. */
    public static void fill(KubeApi api, int pods) throws IOException, InterruptedException {
        List<Creation> ground = new ArrayList<>();
        for (int i = 0; i < NAMESPACES; i++) {
            ground.add(new Creation("/api/v1/namespaces", object("{\"metadata\": {\"name\": \"team-%d\"}}", i)));
        }
        api.create(ground);
        List<Creation> base = new ArrayList<>();
        for (int i = 0; i < NAMESPACES; i++) {
            base.add(new Creation(
                    "/api/v1/namespaces/team-" + i + "/serviceaccounts",
                    object("{\"metadata\": {\"name\": \"default\"}}")));
        }
        for (int i = 0; i <= pods / PODS_PER_NODE; i++) {
            base.add(new Creation("/api/v1/nodes", object("{\"metadata\": {\"name\": \"node-%d\"}}", i)));
        }
        api.create(base);
        api.create(() -> java.util.stream.IntStream.range(0, pods)
                .boxed()
                .flatMap(i -> around(i).stream())
                .iterator());
    }

    /** Path of a pod. */
    public static String pod(int i) {
        return pods(i) + "/app-" + i / PODS_PER_WORKLOAD + "-5d4f-" + i;
    }

    private static String pods(int i) {
        return "/api/v1/namespaces/" + namespace(i) + "/pods";
    }

    private static String namespace(int i) {
        return "team-" + i / PODS_PER_WORKLOAD % NAMESPACES;
    }

    /** A pod, and with the first of each workload what belongs to it. */
    public static List<Creation> around(int i) {
        int app = i / PODS_PER_WORKLOAD;
        String spec = POD_SPEC.formatted(i / PODS_PER_NODE, app);
        List<Creation> all = new ArrayList<>();
        all.add(new Creation(pods(i), object("""
                {"metadata": {"name": "app-%1$d-5d4f-%2$d", "generateName": "app-%1$d-5d4f-",
                   "labels": {"app": "app-%1$d", "pod-template-hash": "5d4f"},
                   "annotations": {"note": "c4nary"},
                   "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "app-%1$d-5d4f",
                      "uid": "00000000-0000-4000-8000-%1$012d", "controller": true}]},
                 "spec": %3$s}""", app, i, spec)));
        if (i % PODS_PER_WORKLOAD == 0) {
            String template = spec.replaceFirst("\"nodeName\": \"[^\"]*\",", "");
            String apps = "/apis/apps/v1/namespaces/" + namespace(i);
            all.add(new Creation(apps + "/deployments", workload("app-" + app, app, 5, template)));
            all.add(new Creation(apps + "/replicasets", workload("app-" + app + "-5d4f", app, 5, template)));
            all.add(new Creation(apps + "/replicasets", workload("app-" + app + "-4c3e", app, 0, template)));
            all.add(new Creation("/api/v1/namespaces/" + namespace(i) + "/services", object("""
                    {"metadata": {"name": "app-%1$d"},
                     "spec": {"clusterIP": "None", "selector": {"app": "app-%1$d"}, "ports": [{"port": 80}]}}""", app)));
        }
        return all;
    }

    private static JsonNode workload(String name, int app, int replicas, String template) {
        return object("""
                {"metadata": {"name": "%1$s", "labels": {"app": "app-%2$d"}},
                 "spec": {"replicas": %3$d, "selector": {"matchLabels": {"app": "app-%2$d"}},
                    "template": {"metadata": {"labels": {"app": "app-%2$d"}}, "spec": %4$s}}}""", name, app, replicas, template);
    }

    private static JsonNode object(String text, Object... values) {
        try {
            return JSON.readTree(text.formatted(values));
        } catch (IOException e) {
            throw new IllegalStateException("the sample is no JSON: " + text, e);
        }
    }
}
