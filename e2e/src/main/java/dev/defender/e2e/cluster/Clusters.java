/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import dev.defender.e2e.stack.Capabilities;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the cluster that this machine offers: the one that {@code KUBECONFIG} names, else k3s where Docker is, else the
 * testbed. {@code DEFENDER_CLUSTER} (kubeconfig, k3s, testbed, or nested: the testbed in a pid namespace) overrules that.
 */
public final class Clusters {
    private Clusters() {}

    private enum Choice {
        KUBECONFIG,
        K3S,
        TESTBED,
        NESTED
    }

    /** Opens one; on a machine where its programs have to be built first that takes minutes. */
    public static Cluster open() throws IOException, InterruptedException {
        return switch (choice()) {
            case KUBECONFIG -> GivenCluster.at(Path.of(System.getenv().getOrDefault("KUBECONFIG", "")));
            case K3S -> K3sCluster.start();
            case TESTBED -> Testbed.up("--audit");
            case NESTED -> Testbed.up("--audit", "--pidns");
        };
    }

    /** Why {@link #open} would fail on this machine, for who skips; empty where it would not. */
    public static Optional<String> absent() {
        Choice choice = choice();
        if ((choice == Choice.TESTBED || choice == Choice.NESTED)
                && !Capabilities.current().root()) {
            return Optional.of("no cluster: KUBECONFIG is not set, there is no Docker, and the testbed needs root");
        }
        return Optional.empty();
    }

    private static Choice choice() {
        @Nullable String wanted = System.getenv("DEFENDER_CLUSTER");
        if (wanted != null) {
            return switch (wanted) {
                case "kubeconfig" -> Choice.KUBECONFIG;
                case "k3s" -> Choice.K3S;
                case "testbed" -> Choice.TESTBED;
                case "nested" -> Choice.NESTED;
                default ->
                    throw new IllegalArgumentException(
                            "DEFENDER_CLUSTER is \"" + wanted + "\"; it is one of kubeconfig, k3s, testbed, nested");
            };
        }
        if (System.getenv("KUBECONFIG") != null) {
            return Choice.KUBECONFIG;
        }
        return K3sCluster.possible() ? Choice.K3S : Choice.TESTBED;
    }
}
