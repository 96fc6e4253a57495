/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.cluster;

import dev.defender.cli.backend.BackendOptions;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether one node may speak. */
abstract class NodeChange implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "CLUSTER", description = "its name or id")
    String cluster = "";

    @Parameters(index = "1", paramLabel = "NODE", description = "name of the node")
    String node = "";

    @Mixin
    final BackendOptions backend = new BackendOptions();

    NodeChange(Terminal terminal) {
        this.terminal = terminal;
    }

    abstract void apply(Clusters clusters, String id) throws Failure;

    abstract String done();

    @Override
    public Integer call() throws Failure {
        Clusters clusters = new Clusters(backend.client(terminal));
        apply(clusters, clusters.id(cluster));
        terminal.note("node " + node + " of cluster " + cluster + " " + done());
        return 0;
    }

    @Command(
            name = "revoke",
            header = "Shuts a node out at once, with every certificate it has.",
            description = "It cannot enrol again until `allow`.")
    static final class Revoke extends NodeChange {
        Revoke(Terminal terminal) {
            super(terminal);
        }

        @Override
        void apply(Clusters clusters, String id) throws Failure {
            clusters.revoke(id, node);
        }

        @Override
        String done() {
            return "is shut out";
        }
    }

    @Command(name = "allow", header = "Lets a revoked node enrol again.")
    static final class Allow extends NodeChange {
        Allow(Terminal terminal) {
            super(terminal);
        }

        @Override
        void apply(Clusters clusters, String id) throws Failure {
            clusters.allow(id, node);
        }

        @Override
        String done() {
            return "may enrol again";
        }
    }
}
