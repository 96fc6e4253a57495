/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The cluster that {@code KUBECONFIG} names; it is there before the test and after it. */
final class GivenCluster implements Cluster {
    private final Path kubeconfig;
    private final ClientTools tools;
    private final String context;

    private GivenCluster(Path kubeconfig, ClientTools tools, String context) {
        this.kubeconfig = kubeconfig;
        this.tools = tools;
        this.context = context;
    }

    static GivenCluster at(Path kubeconfig) throws IOException, InterruptedException {
        if (!Files.isReadable(kubeconfig)) {
            throw new IOException(
                    "KUBECONFIG names " + kubeconfig + ", which is not a readable file (a list of files is not taken:"
                            + " kubectl config view --raw --flatten makes one of them)");
        }
        ClientTools tools = ClientTools.found(kubeconfig);
        return new GivenCluster(
                kubeconfig, tools, tools.kubectl("config", "current-context").orThrow());
    }

    @Override
    public String description() {
        return "cluster " + context + " of " + kubeconfig;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public ClientTools tools() {
        return tools;
    }

    @Override
    public Optional<String> machine() {
        return Optional.empty();
    }

    @Override
    public void load(List<Path> archives) throws IOException, InterruptedException {
        for (Path archive : archives) {
            Command.of(LocalKind.of(context, kubeconfig).load(archive)).run().orThrow();
        }
    }

    @Override
    public Answer nodeExec(String... command) throws IOException, InterruptedException {
        return Command.of(LocalKind.of(context, kubeconfig).enter())
                .with(command)
                .run();
    }

    @Override
    public Optional<Path> auditLog() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> logs() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Whoever made it removes it.
    }
}
