/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.cli.testbed.Run;
import dev.defender.cli.testbed.TestApiServer;
import dev.defender.cli.testbed.TestBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
    private static final String NODES = "/api/v1/nodes?limit=500";

    @TempDir
    Path directory;

    private TestApiServer api;

    @BeforeEach
    void start() throws Exception {
        api = TestApiServer.start(directory.resolve("pki"));
        nodes("", node("a", "linux", "amd64", "6.12.1"));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String node(String name, String system, String architecture, String kernel) {
        return """
                {"metadata":{"name":"%s","labels":{}},"status":{"nodeInfo":{"operatingSystem":"%s","architecture":"%s",\
                "kernelVersion":"%s","containerRuntimeVersion":"containerd://2.1.4"}}}""".formatted(name, system, architecture, kernel);
    }

    private void nodes(String next, String... items) {
        api.answer(
                NODES,
                200,
                "{\"metadata\":{\"continue\":\"" + next + "\"},\"items\":[" + String.join(",", items) + "]}");
    }

    private Run cluster(String... options) throws IOException {
        Path kubeconfig = api.kubeconfig(directory.resolve("k"), "token: " + TestApiServer.TOKEN);
        List<String> arguments = new ArrayList<>(List.of("preflight", "--kubeconfig=" + kubeconfig));
        arguments.addAll(List.of(options));
        return Run.of(Map.of(), arguments.toArray(String[]::new));
    }

    private static void assertRow(Run run, String pattern) {
        assertThat(run.out().lines()).as(run.out() + run.err()).anyMatch(line -> line.matches(pattern));
    }

    @Test
    void a_good_cluster_and_a_ready_backend_pass() throws Exception {
        TestBackend backend = TestBackend.get();
        Run run = cluster("--backend=" + backend.address(), "--ca=" + backend.ca());
        assertThat(run.status()).as(run.out()).isZero();
        assertRow(run, "OK +Kubernetes +v1.36.3");
        assertRow(run, "OK +nodes +1 of 1 can be observed: 1 × Linux 6.12.1, containerd://2.1.4");
        assertRow(run, "OK +foreign Defender +none in kube-system");
        assertRow(run, "OK +admission .*");
        assertRow(run, "OK +endpoint +https://127.0.0.1:\\d+ is ready");
        assertRow(run, "OK +CA .*");
        assertThat(run.err()).isEmpty();

        Files.writeString(directory.resolve("endpoint"), backend.address() + "\n");
        Files.copy(backend.ca(), directory.resolve("ca.pem"));
        assertRow(cluster("--onboarding=" + directory), "OK +endpoint .* is ready");
        Run wrong = cluster("--backend=" + backend.address(), "--ca=" + api.ca());
        assertThat(wrong.status()).isEqualTo(1);
        assertRow(wrong, "OK +endpoint .* accepts connections");
        assertRow(wrong, "FAIL +CA .*the given CA did not sign.* +give the backend's pki/ca.pem by --ca.*");
    }

    @Test
    void nodes_that_cannot_be_observed_are_named() throws Exception {
        nodes("two", node("a", "linux", "amd64", "6.1.0"), node("old", "linux", "amd64", "5.4.0-1"));
        api.answer(
                NODES + "&continue=two",
                200,
                "{\"items\":[" + node("w", "windows", "amd64", "10.0") + "," + node("arm", "linux", "arm64", "6.1.0")
                        + "]}");
        Run some = cluster();
        assertThat(some.status()).isZero();
        assertRow(some, "WARN +nodes +1 of 4 can be observed, not: old \\(Linux 5.4.0-1\\), w \\(windows\\), arm .*");
        nodes("", node("old", "linux", "amd64", "4.18.0"));
        Run none = cluster();
        assertThat(none.status()).isEqualTo(1);
        assertRow(none, "FAIL +nodes +0 of 1 .*");
    }

    @Test
    void an_add_on_of_somebody_else_fails_and_our_own_does_not() throws Exception {
        String ours = "{\"metadata\":{\"name\":\"microsoft-defender-collector-ds\",\"labels\":"
                + "{\"app.kubernetes.io/managed-by\":\"defender-operator\"}}}";
        api.answer(TestApiServer.WORKLOADS + "daemonsets", 200, "{\"items\":[" + ours + "]}");
        assertRow(cluster(), "OK +foreign Defender .*");
        String foreign = "{\"metadata\":{\"name\":\"microsoft-defender-collector-ds\",\"labels\":"
                + "{\"app.kubernetes.io/managed-by\":\"Azure\"}}}";
        api.answer(TestApiServer.WORKLOADS + "daemonsets", 200, "{\"items\":[" + foreign + "]}");
        Run run = cluster();
        assertThat(run.status()).isEqualTo(1);
        assertRow(
                run,
                "FAIL +foreign Defender +daemonsets/microsoft-defender-collector-ds \\(managed by Azure\\) +remove it.*");
        assertRow(cluster("--name-prefix=own-"), "OK +foreign Defender .*");
    }

    @Test
    void admission_is_tried_without_creating_anything() throws Exception {
        List<String> tried = new ArrayList<>();
        api.answer(TestApiServer.ADMISSION, posted -> {
            tried.add(posted);
            return new TestApiServer.Answer(
                    403, "{\"message\":\"pods is forbidden: violates PodSecurity \\\"restricted\\\"\"}");
        });
        Run run = cluster("--image=registry.example/sensor:1");
        assertThat(run.status()).isEqualTo(1);
        assertRow(run, "FAIL +admission .*PodSecurity.* kubectl label namespace kube-system .*");
        assertThat(tried).singleElement().asString().contains("SYS_PTRACE", "registry.example/sensor:1", "hostPID");
        api.answer(
                TestApiServer.ADMISSION, 403, "{\"message\":\"User \\\"x\\\" cannot create resource \\\"pods\\\"\"}");
        Run asking = cluster();
        assertThat(asking.status()).isZero();
        assertRow(asking, "SKIP +admission .*may create pods.*");
    }

    @Test
    void what_cannot_be_reached_is_a_failure_with_a_remedy() throws Exception {
        api.close();
        Run run = cluster("--backend=https://127.0.0.1:1", "--ca=" + api.ca());
        assertThat(run.status()).isEqualTo(1);
        assertRow(run, "FAIL +cluster .*nothing accepts connections there +correct the kubeconfig.*");
        assertRow(run, "FAIL +endpoint .*nothing accepts connections there +open the way to it.*");
        assertRow(run, "SKIP +CA .*");
    }

    @Test
    void the_proxy_of_the_environment_is_used_and_named() throws Exception {
        Run run = Run.of(
                Map.of("HTTPS_PROXY", "http://127.0.0.1:1"),
                "preflight",
                "--backend=https://defender.example",
                "--ca=" + api.ca());
        assertThat(run.status()).isEqualTo(1);
        assertRow(run, "OK +proxy +127.0.0.1:1 for defender.example");
        assertRow(run, "FAIL +endpoint .*through the proxy 127.0.0.1:1, .*");
    }

    @Test
    void a_node_is_looked_at_through_its_files() throws Exception {
        Path root = directory.resolve("root");
        file(root, "proc/sys/kernel/osrelease", "6.1.0-26-amd64\n");
        file(root, "sys/kernel/btf/vmlinux", "");
        file(root, "sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
        file(root, "sys/kernel/security/lsm", "lockdown,capability,apparmor,bpf\n");
        file(root, "sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
        file(root, "sys/kernel/tracing/events/enable", "");
        file(root, "run/k3s/containerd/io.containerd.runtime.v2.task/x", "");
        Run good = node(root);
        assertThat(good.status()).as(good.out()).isZero();
        assertRow(good, "OK +kernel +6.1.0-26-amd64");
        assertRow(good, "OK +cgroups +version 2");
        assertRow(good, "OK +container runtime +containerd of k3s or RKE2");
        assertRow(good, "OK +LSMs +lockdown,capability,apparmor,bpf");

        file(root, "proc/sys/kernel/osrelease", "5.4.0-1\n");
        file(root, "sys/kernel/security/lockdown", "none integrity [confidentiality]\n");
        Files.delete(root.resolve("sys/kernel/btf/vmlinux"));
        Run bad = node(root);
        assertThat(bad.status()).isEqualTo(1);
        assertRow(bad, "FAIL +kernel +5.4.0-1 +use a node image with Linux 5.8 or later");
        assertRow(bad, "FAIL +BTF .*CONFIG_DEBUG_INFO_BTF.*");
        assertRow(bad, "FAIL +lockdown +confidentiality .*");
    }

    private static Run node(Path root) {
        return Run.of(Map.of(), "preflight", "--node", "--host-root=" + root, "--host-run=" + root.resolve("run"));
    }

    private static void file(Path root, String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
