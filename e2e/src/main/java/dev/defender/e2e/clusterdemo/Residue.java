/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import dev.defender.e2e.cluster.Cluster;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of the product is in a cluster and on its first node.
 *
 * @param found objects as {@code kind/name in namespace} and paths on the node
 */
record Residue(Set<String> found) {
    /** Everything that an installation may make, whatever made it. */
    private static final String KINDS =
            "daemonsets,deployments,statefulsets,jobs,pods,services,configmaps,serviceaccounts,"
                    + "networkpolicies,roles,rolebindings,leases,controllerrevisions,clusterroles,clusterrolebindings,"
                    + "validatingadmissionpolicies,validatingadmissionpolicybindings";

    /** Paths of which nothing may stay; documented in docs/interfaces.md. */
    private static final String NODE_PATHS = "/run/defender /var/lib/defender /sys/fs/bpf/defender";

    static Residue of(Cluster cluster) throws IOException, InterruptedException {
        Set<String> found = new TreeSet<>();
        cluster.tools()
                .kubectl(
                        "get",
                        KINDS,
                        "--all-namespaces",
                        "-o",
                        "jsonpath={range .items[*]}{.kind}/{.metadata.name} in {.metadata.namespace}{\"\\n\"}{end}")
                .orThrow()
                .lines()
                .filter(line -> line.contains("defender"))
                .forEach(found::add);
        cluster.nodeExec("sh", "-c", "ls -d " + NODE_PATHS + " 2>/dev/null; true")
                .orThrow()
                .lines()
                .map(path -> path + " on the node")
                .forEach(found::add);
        return new Residue(found);
    }

    Set<String> minus(Residue before) {
        Set<String> left = new TreeSet<>(found);
        left.removeAll(before.found);
        return left;
    }
}
