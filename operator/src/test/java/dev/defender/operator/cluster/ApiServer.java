/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.cluster;

import static org.junit.jupiter.api.Assumptions.abort;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The testbed's API server with etcd and controllers, one for all tests of this JVM. It ends with its standard input, so
 * also when this JVM is killed. Where it cannot be started, tests are skipped with what it said.
 */
public final class ApiServer {
    private static final Path TESTBED =
            Path.of("../e2e/testbed/testbed").toAbsolutePath().normalize();
    private static @Nullable ApiServer running;
    private static @Nullable String reason;

    private final String kubeconfig;

    private ApiServer(String kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    public static synchronized ApiServer get() {
        if (running == null && reason == null) {
            start();
        }
        return running != null ? running : abort("no API server to test against: " + reason);
    }

    /** With all rights. */
    public KubernetesClient admin() {
        return client(config());
    }

    public String url() {
        return config().getMasterUrl();
    }

    /** With the rights of a ServiceAccount. */
    public KubernetesClient as(String namespace, String account) {
        return as(namespace, account, url());
    }

    /** The same by another way. */
    public KubernetesClient as(String namespace, String account, String url) {
        Config config = new ConfigBuilder(config())
                .withMasterUrl(url)
                .withImpersonateUsername("system:serviceaccount:" + namespace + ":" + account)
                .withImpersonateGroups(
                        "system:serviceaccounts", "system:serviceaccounts:" + namespace, "system:authenticated")
                .build();
        return client(config);
    }

    private static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private Config config() {
        return Config.fromKubeconfig(kubeconfig);
    }

    private static void start() {
        try {
            Path state = Files.createTempDirectory("defender-operator-apiserver");
            Path log = state.resolveSibling(state.getFileName() + ".log");
            Process process = new ProcessBuilder(
                            TESTBED.toString(), "up", "--foreground", "--apiserver-only", "--state", state.toString())
                    .redirectError(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, state, log)));
            String kubeconfig = awaitReady(process);
            if (kubeconfig == null) {
                reason = Files.readString(log).strip();
            } else {
                running = new ApiServer(Files.readString(Path.of(kubeconfig)));
            }
        } catch (IOException e) {
            reason = TESTBED + ": " + e.getMessage();
        }
    }

    private static @Nullable String awaitReady(Process process) throws IOException {
        BufferedReader lines = process.inputReader();
        String kubeconfig = null;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("kubeconfig: ")) {
                kubeconfig = line.substring("kubeconfig: ".length());
            } else if (line.equals("ready")) {
                return kubeconfig;
            }
        }
        return null;
    }

    private static void stop(Process process, Path state, Path log) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroy();
            }
            Files.deleteIfExists(log);
            Files.deleteIfExists(state);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
