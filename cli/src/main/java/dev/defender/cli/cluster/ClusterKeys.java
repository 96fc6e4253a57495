/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.backend.BackendOptions;
import dev.defender.cli.kube.KubeOptions;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Table;
import dev.defender.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "keys",
        header = "Gives the backend a cluster's signing keys again, after they were rotated.",
        description = "The keys before stay valid beside the new ones until the next change.")
final class ClusterKeys implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "CLUSTER", description = "its name or id")
    String cluster = "";

    @Mixin
    final BackendOptions backend = new BackendOptions();

    @Mixin
    final SigningKeys signing = new SigningKeys(new KubeOptions());

    @Option(names = "--drop-previous", description = "the keys before are not valid any more, at once")
    boolean dropPrevious;

    ClusterKeys(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        Clusters clusters = new Clusters(backend.client(terminal));
        String id = clusters.id(cluster);
        JsonNode changed = clusters.setKeys(id, signing.read(terminal), !dropPrevious);
        Table table = new Table("KEY", "ISSUER", "SINCE");
        for (JsonNode set : changed.path("node_keys")) {
            for (JsonNode key : set.path("key_ids")) {
                table.row(
                        key.asText(),
                        set.path("issuer").asText(),
                        set.path("since").asText());
            }
        }
        table.print(terminal.out());
        return 0;
    }
}
