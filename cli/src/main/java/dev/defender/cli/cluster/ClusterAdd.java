/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.defender.cli.backend.BackendOptions;
import dev.defender.cli.kube.KubeOptions;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.PrivateFile;
import dev.defender.cli.terminal.Terminal;
import dev.defender.cli.web.Addresses;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        header = "Registers a cluster and prints the Secret that onboards it.",
        description = {
            "Gives the backend the keys by which the cluster signs ServiceAccount tokens, mints an enrolment token, and"
                    + " prints the Secret for kube-system. A cluster that is registered already keeps its id and gets a"
                    + " new token; the one before stays valid beside it.",
            "",
            "Example: defenderctl cluster add prod --backend=https://defender.example:8443 --ca=ca.pem"
                    + " --token-file=admin --kubeconfig=prod.yaml | kubectl apply -f -"
        })
final class ClusterAdd implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "name of the cluster, for people")
    String name = "";

    @Mixin
    final BackendOptions backend = new BackendOptions();

    @Mixin
    final SigningKeys signing = new SigningKeys(new KubeOptions());

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "address of the backend as the nodes reach it, if not --backend")
    @Nullable
    String endpoint;

    @Option(
            names = "--without-node-keys",
            description = "do not ask nodes to prove themselves: for Kubernetes before 1.30")
    boolean withoutNodeKeys;

    @Option(
            names = "--valid-hours",
            paramLabel = "N",
            defaultValue = "2160",
            description = "how long nodes can enrol with the Secret, 1 to 2160 (default ${DEFAULT-VALUE})")
    int validHours;

    @Option(
            names = "--secret-name",
            paramLabel = "NAME",
            defaultValue = OnboardingSecret.DEFAULT_NAME,
            description = "name of the Secret (default ${DEFAULT-VALUE})")
    String secretName = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write the Secret there, for the owner only, instead of to stdout")
    @Nullable
    Path output;

    ClusterAdd(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        URI address = endpoint == null ? backend.address(terminal) : Addresses.https("--endpoint", endpoint);
        String ca = backend.ca(terminal).text();
        Clusters clusters = new Clusters(backend.client(terminal));
        SigningKeys.Keys keys = withoutNodeKeys ? null : signing.read(terminal);
        if (output == null) {
            terminal.out().print(secret(clusters, keys, address, ca));
        } else {
            try (PrivateFile file = PrivateFile.open(output)) {
                file.write(secret(clusters, keys, address, ca));
            }
            terminal.note("wrote " + output + "; next: kubectl apply -f " + output);
        }
        return 0;
    }

    private String secret(Clusters clusters, SigningKeys.@Nullable Keys keys, URI address, String ca) throws Failure {
        Optional<JsonNode> known = clusters.named(name);
        JsonNode cluster;
        if (known.isEmpty()) {
            cluster = clusters.add(name, keys);
        } else if (keys == null) {
            cluster = known.get();
        } else {
            cluster = clusters.setKeys(known.get().path("id").asText(), keys, true);
        }
        String id = cluster.path("id").asText();
        JsonNode token = clusters.mintToken(id, validHours);
        terminal.note("cluster " + cluster.path("name").asText() + " is " + id
                + (known.isPresent() ? " (it was registered already)" : "") + "; nodes can enrol until "
                + token.path("expires_at").asText()
                + (cluster.path("node_keys").isEmpty()
                        ? ", and need no proof of who they are: keep the Secret close"
                        : ", each with its ServiceAccount token"));
        return new OnboardingSecret(
                        secretName, id, address, ca, token.path("secret").asText())
                .yaml();
    }
}
