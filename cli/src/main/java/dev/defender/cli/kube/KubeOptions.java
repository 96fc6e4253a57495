/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.kube;

import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Terminal;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster. kubectl is asked where it is on the PATH, since it knows every way to log in. */
public final class KubeOptions {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "the cluster's kubeconfig (or KUBECONFIG, or ~/.kube/config; in a pod its ServiceAccount)")
    @Nullable
    Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "context of the kubeconfig, if not the current one")
    @Nullable
    String context;

    public KubeApi open(Terminal terminal) throws Failure {
        return find(terminal)
                .orElseThrow(() -> Failure.usage(
                        "no cluster to ask: give --kubeconfig=FILE, or set KUBECONFIG; ~/.kube/config is not there"));
    }

    /** Empty = nothing says which cluster. */
    public Optional<KubeApi> find(Terminal terminal) throws Failure {
        Path file = kubeconfig;
        if (file == null && InCluster.here(terminal)) {
            return Optional.of(InCluster.open(terminal));
        }
        String variable = terminal.variable("KUBECONFIG");
        if (file == null && variable.isEmpty()) {
            Path home = Path.of(terminal.variable("HOME"), ".kube", "config");
            if (!Files.exists(home)) {
                return Optional.empty();
            }
            file = home;
        }
        if (file != null && !Files.isReadable(file)) {
            throw Failure.usage("cannot read --kubeconfig " + file);
        }
        Optional<Path> kubectl = onPath(terminal);
        if (kubectl.isPresent()) {
            return Optional.of(new Kubectl(kubectl.get(), file, context, terminal.environment()));
        }
        if (file == null && variable.contains(File.pathSeparator)) {
            throw Failure.usage("KUBECONFIG names several files and kubectl is not on the PATH to read them;"
                    + " give one by --kubeconfig=FILE");
        }
        return Optional.of(
                Kubeconfig.read(file == null ? Path.of(variable) : file).connect(context, terminal));
    }

    private static Optional<Path> onPath(Terminal terminal) {
        for (String directory : terminal.variable("PATH").split(File.pathSeparator, -1)) {
            Path program = Path.of(directory, "kubectl");
            if (!directory.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }
}
