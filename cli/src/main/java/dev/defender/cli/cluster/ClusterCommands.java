/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.cluster;

import dev.defender.cli.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands below {@code cluster}. */
public final class ClusterCommands {
    @Command(name = "cluster", header = "Clusters: onboarding, keys, nodes.")
    private static final class Cluster {}

    @Command(name = "node", header = "Nodes of a cluster: which may speak.")
    private static final class Node {}

    private ClusterCommands() {}

    public static CommandLine create(Terminal terminal) {
        return new CommandLine(new Cluster())
                .addSubcommand(new ClusterAdd(terminal))
                .addSubcommand(new ClusterList(terminal))
                .addSubcommand(new ClusterKeys(terminal))
                .addSubcommand(new CommandLine(new Node())
                        .addSubcommand(new NodeList(terminal))
                        .addSubcommand(new NodeChange.Revoke(terminal))
                        .addSubcommand(new NodeChange.Allow(terminal)));
    }
}
