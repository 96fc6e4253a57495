/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart in a real API server: who took over the operator's account could do this much, and no more. */
class AdmissionPolicyTest {
    private static final String OPERATOR = "--as=system:serviceaccount:defender-system:defender-operator";
    private static final String SENSOR = Source.read(Path.of("src/test/resources/sensor.yaml"));

    private static final Path MANIFESTS = Source.ROOT.resolve("operator/src/test/resources/manifests");

    @TempDir
    static Path state;

    private static @Nullable ApiServer server;

    @BeforeAll
    static void install() throws Exception {
        server = ApiServer.start(state.resolve("testbed"));
        server.helm(
                        "install",
                        "defender",
                        Source.CHART.toString(),
                        "--namespace=defender-system",
                        "--create-namespace",
                        "--set=global.imageRegistry=registry.example",
                        "--set=backend.enabled=true")
                .good();
        // A policy holds a little after it was written.
        for (int i = 0;
                i < 100
                        && tried(SENSOR.replace("registry.example", "elsewhere.example"))
                                        .status()
                                == 0;
                i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theSensorAsItIsIsAdmitted() {
        assertThat(tried(SENSOR).good()).contains("microsoft-defender-collector-ds");
        assertThat(tried(SENSOR.replace("name: microsoft", "name: beside-microsoft"))
                        .good())
                .contains("beside-microsoft-defender-collector-ds");
    }

    /** What the operator writes: ManifestsTest of its module holds these files to its code. */
    @ParameterizedTest
    @ValueSource(
            strings = {"sensor", "publisher", "misc", "cleanup", "policy-sensor", "policy-publisher", "policy-misc"})
    void whatTheOperatorWritesIsAdmitted(String manifest) {
        String object = Source.read(MANIFESTS.resolve(manifest + ".yaml"))
                .replaceAll("r\\.example/(\\S+):1\"", "registry.example/$1:0.1.0-SNAPSHOT\"");
        assertThat(tried(object).good()).contains("microsoft-defender-");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "name: microsoft-defender-collector-ds | name: kube-proxy | objects of its components only",
                "registry.example/defender-sensor      | registry.example/miner  | images of its release only",
                "drop: [ALL],                          | ''                      | drops all capabilities first",
                "SYS_PTRACE                            | NET_ADMIN               | published capabilities only",
                "name: sensor                          | name: other             | published capabilities only",
                "allowPrivilegeEscalation: false       | privileged: false       | gain rights",
                "allowPrivilegeEscalation: false       | allowPrivilegeEscalation: true | gain rights",
                "path: /run                            | path: /etc              | documented host paths only",
                "path: /sys/fs/cgroup                  | path: /sys              | documented host paths only",
                "cgroup, readOnly: true                | cgroup, readOnly: false | outside of its own directories",
                "emptyDir: {}                          | 'configMap: {name: x}'  | host paths, scratch, the onboarding",
                "emptyDir: {}                          | 'nfs: {server: x, path: /x}' | host paths, scratch, the onboarding",
                "serviceAccountName: microsoft-defender-collector | serviceAccountName: microsoft-defender-misc | each component its own",
                "readOnly: true                        | readOnly: false         | outside of its own directories",
                "secretName: defender-onboarding       | secretName: bootstrap   | onboarding Secret of its release",
                "serviceAccountName: microsoft-defender-collector | serviceAccountName: default | components' accounts only",
                "hostPID: true                         | hostNetwork: true       | only the sensor shares one",
                "collector-ds                          | publisher-ds            | published capabilities only",
            })
    void anythingElseIsRefused(String part, String replacement, String message) {
        Run refused = tried(SENSOR.replace(part, replacement));
        assertThat(refused.status()).isNotZero();
        assertThat(refused.output()).contains("denied request", message);
    }

    @Test
    void whatOthersHaveMadeIsNotTouched() {
        String foreign = SENSOR.replace("app.kubernetes.io/managed-by: defender-operator", "app: other")
                .replace("name: microsoft", "name: foreign-microsoft");
        kubectl(foreign, "apply", "-f", "-").good();
        Run deleted = kubectl(
                "",
                "delete",
                "daemonset",
                "foreign-microsoft-defender-collector-ds",
                "--namespace=kube-system",
                OPERATOR);
        assertThat(deleted.output()).contains("change and delete only what it has made");
        Run changed = kubectl(foreign, "apply", "--server-side", "--force-conflicts", OPERATOR, "-f", "-");
        assertThat(changed.output()).contains("change and delete only what it has made");
    }

    @Test
    void theExpressionsAreOfTheRightTypes() {
        assertThat(kubectl("", "get", "validatingadmissionpolicy", "defender-operator", "-o", "jsonpath={.status}")
                        .good())
                .doesNotContain("warning");
    }

    private static Run tried(String object) {
        return kubectl(object, "apply", "--server-side", "--force-conflicts", "--dry-run=server", OPERATOR, "-f", "-");
    }

    private static Run kubectl(String input, String... arguments) {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server.kubectl(input, arguments);
    }
}
