/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** k3s in Docker. */
final class K3sCluster implements Cluster {
    /** Another one is named by {@code DEFENDER_K3S_IMAGE}. */
    private static final String IMAGE = "rancher/k3s:v1.34.1-k3s1";

    private final K3sContainer container;
    private final Path kubeconfig;
    private final ClientTools tools;

    private K3sCluster(K3sContainer container, Path kubeconfig, ClientTools tools) {
        this.container = container;
        this.kubeconfig = kubeconfig;
        this.tools = tools;
    }

    /** Cheap where there is no Docker: Testcontainers itself tries several ways, and says so at length. */
    static boolean possible() {
        return System.getenv("DOCKER_HOST") != null || Files.isWritable(Path.of("/var/run/docker.sock"));
    }

    static K3sCluster start() throws IOException, InterruptedException {
        String image = System.getenv().getOrDefault("DEFENDER_K3S_IMAGE", IMAGE);
        K3sContainer container =
                new K3sContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("rancher/k3s"));
        @Nullable Path kubeconfig = null;
        try {
            container.start();
            kubeconfig = Files.createTempFile("defender-k3s-", ".kubeconfig");
            Files.writeString(kubeconfig, container.getKubeConfigYaml());
            return new K3sCluster(container, kubeconfig, ClientTools.found(kubeconfig));
        } catch (IOException | InterruptedException | RuntimeException e) {
            container.stop();
            if (kubeconfig != null) {
                Files.deleteIfExists(kubeconfig);
            }
            throw e;
        }
    }

    @Override
    public String description() {
        return "k3s in Docker, " + container.getDockerImageName();
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
        return container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
                .map(network -> String.valueOf(network.getGateway()))
                .findFirst();
    }

    @Override
    public void load(List<Path> archives) throws IOException, InterruptedException {
        for (Path archive : archives) {
            container.copyFileToContainer(MountableFile.forHostPath(archive), "/tmp/archive.tar");
            nodeExec("ctr", "--namespace=k8s.io", "images", "import", "/tmp/archive.tar")
                    .orThrow();
            nodeExec("rm", "/tmp/archive.tar").orThrow();
        }
    }

    @Override
    public Answer nodeExec(String... command) throws IOException, InterruptedException {
        ExecResult result = container.execInContainer(command);
        return new Answer(List.of(command), result.getExitCode(), result.getStdout(), result.getStderr());
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
    public void close() throws IOException {
        container.stop();
        Files.deleteIfExists(kubeconfig);
    }
}
