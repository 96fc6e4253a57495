/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;

/** kubectl and helm, speaking with one cluster. */
public final class ClientTools {
    private final Command kubectl;
    private final Command helm;

    private ClientTools(Command kubectl, Command helm) {
        this.kubectl = kubectl;
        this.helm = helm;
    }

    /** Those that the testbed has built into {@code binaries}; what they keep for later lies in {@code cache}. */
    static ClientTools built(Path binaries, Path kubeconfig, Path cache) {
        return new ClientTools(
                Command.of(List.of(binaries.resolve("kube").toString(), "kubectl"))
                        .withEnvironment("KUBECONFIG", kubeconfig.toString())
                        .withEnvironment(
                                "KUBECACHEDIR", cache.resolve("kubectl").toString()),
                Command.of(List.of(binaries.resolve("helm").toString()))
                        .withEnvironment("KUBECONFIG", kubeconfig.toString())
                        .withEnvironment(
                                "HELM_CACHE_HOME", cache.resolve("helm/cache").toString())
                        .withEnvironment(
                                "HELM_CONFIG_HOME", cache.resolve("helm/config").toString())
                        .withEnvironment(
                                "HELM_DATA_HOME", cache.resolve("helm/data").toString()));
    }

    /** Those of this machine, or of the testbed where one is missing. */
    static ClientTools found(Path kubeconfig) throws IOException, InterruptedException {
        if (onPath("kubectl") && onPath("helm")) {
            return new ClientTools(
                    Command.of(List.of("kubectl")).withEnvironment("KUBECONFIG", kubeconfig.toString()),
                    Command.of(List.of("helm")).withEnvironment("KUBECONFIG", kubeconfig.toString()));
        }
        return built(Launcher.binaries(), kubeconfig, Path.of(System.getProperty("user.home"), ".kube", "defender"));
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs kubectl to its end; a failure is in the answer, not thrown. */
    public Answer kubectl(String... arguments) throws IOException, InterruptedException {
        return kubectl.with(arguments).run();
    }

    /** Applies a manifest, and throws when it is not accepted. */
    public String apply(String manifest, String... arguments) throws IOException, InterruptedException {
        return kubectl.with("apply", "-f", "-")
                .with(arguments)
                .withInput(manifest)
                .run()
                .orThrow();
    }

    /** Runs helm to its end; a failure is in the answer, not thrown. */
    public Answer helm(String... arguments) throws IOException, InterruptedException {
        return helm.with(arguments).run();
    }

    /** Puts scripts named kubectl and helm into a directory, for commands that call these by name. */
    public void install(Path directory) throws IOException {
        script(directory.resolve("kubectl"), kubectl);
        script(directory.resolve("helm"), helm);
    }

    private static void script(Path file, Command command) throws IOException {
        StringBuilder text = new StringBuilder("#!/bin/sh\n");
        command.environment()
                .forEach((name, value) -> text.append("export ")
                        .append(name)
                        .append('=')
                        .append(quoted(value))
                        .append('\n'));
        text.append("exec");
        command.line().forEach(word -> text.append(' ').append(quoted(word)));
        Files.writeString(file, text.append(" \"$@\"\n"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
