/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What each component may reach. Names and addresses of the backend and of the API server change, and a policy knows
 * none of the former: the port is what is fixed. The kubelet's probes are let in by every implementation.
 */
public final class NetworkPolicies {
    private static final int DNS = 53;
    private static final int HTTPS = 443;
    /** On which a backend's pod listens, whatever the port of its Service. */
    private static final int BACKEND_POD = 8443;

    private NetworkPolicies() {}

    /** No egress at all, no ingress. */
    public static NetworkPolicy sensor(Blueprint blueprint) {
        return policy(Component.SENSOR, blueprint, List.of(), List.of());
    }

    /**
     * DNS, and the backend or the proxy before it, both if some hosts are reached without the proxy; in: its health, from
     * the operator's namespace. Of a backend that is a Service of this cluster the pods' port too: most implementations
     * judge a packet after its destination has been translated.
     *
     * @param endpoint the backend's, from the onboarding Secret
     */
    public static NetworkPolicy publisher(Blueprint blueprint, URI endpoint) {
        return policy(
                Component.PUBLISHER,
                blueprint,
                List.of(healthFrom(blueprint.operatorNamespace())),
                List.of(
                        to(List.of(port(DNS, "TCP"), port(DNS, "UDP"))),
                        to(ways(blueprint, endpoint).stream()
                                .map(port -> port(port, "TCP"))
                                .toList())));
    }

    private static SortedSet<Integer> ways(Blueprint blueprint, URI endpoint) {
        SortedSet<Integer> ports = new TreeSet<>();
        String proxy = blueprint.proxy();
        if (proxy != null) {
            ports.add(portOf(URI.create(proxy)));
        }
        if (proxy == null || blueprint.noProxy() != null) {
            ports.add(portOf(endpoint));
            if (isService(endpoint)) {
                ports.add(BACKEND_POD);
            }
        }
        return ports;
    }

    private static int portOf(URI uri) {
        return uri.getPort() < 0 ? HTTPS : uri.getPort();
    }

    private static boolean isService(URI endpoint) {
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        return host.endsWith(".svc") || host.endsWith(".svc.cluster.local");
    }

    /** The API server. */
    public static NetworkPolicy misc(Blueprint blueprint) {
        List<NetworkPolicyPort> ports = blueprint.config().apiServerPorts().stream()
                .map(port -> port(port, "TCP"))
                .toList();
        return policy(Component.MISC, blueprint, List.of(), List.of(to(ports)));
    }

    private static NetworkPolicy policy(
            Component component,
            Blueprint blueprint,
            List<NetworkPolicyIngressRule> ingress,
            List<NetworkPolicyEgressRule> egress) {
        var spec = new NetworkPolicyBuilder()
                .withMetadata(Workloads.meta(component, blueprint))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(blueprint.selector(component))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress");
        // An empty list would be dropped by the API server; with the type named, no list means nothing is allowed.
        if (!ingress.isEmpty()) {
            spec = spec.withIngress(ingress);
        }
        if (!egress.isEmpty()) {
            spec = spec.withEgress(egress);
        }
        return spec.endSpec().build();
    }

    private static NetworkPolicyIngressRule healthFrom(String namespace) {
        return new NetworkPolicyIngressRuleBuilder()
                .addNewFrom()
                .withNewNamespaceSelector()
                .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                .endNamespaceSelector()
                .endFrom()
                .withPorts(port(Containers.HEALTH_PORT, "TCP"))
                .build();
    }

    private static NetworkPolicyEgressRule to(List<NetworkPolicyPort> ports) {
        return new NetworkPolicyEgressRuleBuilder().withPorts(ports).build();
    }

    private static NetworkPolicyPort port(int number, String protocol) {
        NetworkPolicyPort port = new NetworkPolicyPort();
        port.setPort(new IntOrString(number));
        port.setProtocol(protocol);
        return port;
    }
}
