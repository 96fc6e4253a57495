/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.protocol.wire.Lanes;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.ScriptedBackend;
import dev.defender.publisher.support.TestPki;
import dev.defender.publisher.support.TestProducer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Address, CA and token from a mounted Secret, which kubelet replaces by swapping a link; and the node's own proof. */
class OnboardingTest {
    private final Path mount;
    private final Path nodeToken;
    private final Home home;
    private final TestPki pki = new TestPki();
    private int version;

    OnboardingTest(@TempDir Path directory) throws Exception {
        home = new Home(directory, pki);
        mount = Files.createDirectory(directory.resolve("onboarding"));
        nodeToken = directory.resolve("node-token");
    }

    private List<String> options(String... more) {
        List<String> options = new ArrayList<>(home.options("", more));
        options.removeIf(option -> option.startsWith("--endpoint=")
                || option.startsWith("--ca=")
                || option.startsWith("--enrol-token-file="));
        options.add("--onboarding=" + mount);
        return options;
    }

    /** As kubelet does it: a directory with the files, a link that is swapped, and links to the files through it. */
    private void mount(String endpoint, String ca, String token, String cluster) throws IOException {
        Path files = Files.createDirectory(mount.resolve("..v" + ++version));
        Files.writeString(files.resolve("endpoint"), endpoint + "\n");
        Files.writeString(files.resolve("ca.pem"), ca);
        Files.writeString(files.resolve("enrolment-token"), token);
        Files.writeString(files.resolve("cluster"), cluster);
        Path aside = Files.createSymbolicLink(mount.resolve("..data_tmp"), files.getFileName());
        Files.move(aside, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        for (String name : List.of("endpoint", "ca.pem", "enrolment-token", "cluster")) {
            Files.deleteIfExists(mount.resolve(name));
            Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
        }
    }

    private static void awaitDelivery(ScriptedBackend backend) {
        await().until(() -> !backend.items("publisher", Lanes.URGENT).isEmpty());
    }

    @Test
    void anotherBackendIsTakenOverWithoutARestart() throws Exception {
        try (ScriptedBackend second = new ScriptedBackend(pki)) {
            ScriptedBackend first = new ScriptedBackend(pki);
            mount(first.endpoint(), pki.caPem(), ScriptedBackend.TOKEN, TestPki.CLUSTER);
            try (LocalNode node = new LocalNode(options())) {
                awaitDelivery(first);
                mount(second.endpoint(), new TestPki().caPem() + pki.caPem(), ScriptedBackend.TOKEN, TestPki.CLUSTER);
                first.close();
                try (TestProducer producer = new TestProducer(home.socket())) {
                    producer.greet("sensor", 7, 1, 1);
                    producer.sendRecords(Lanes.BULK, RecordClasses.EXEC, 1, 10, 100);
                    producer.awaitAck(Lanes.BULK, 10);
                }
                await().until(() -> second.items("sensor", Lanes.BULK).size() == 10);
                node.awaitLine("BackendUnreachable: resolved");
                assertThat(second.enrolments()).isZero();
            }
        }
    }

    @Test
    void itWaitsForASecretThatIsNotThereYet() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki);
                LocalNode node = new LocalNode(options())) {
            node.awaitLine("CredentialsInvalid (Unusable): the file " + mount.resolve("endpoint") + " does not exist");
            mount(backend.endpoint(), pki.caPem(), ScriptedBackend.TOKEN, TestPki.CLUSTER);
            awaitDelivery(backend);
            node.awaitLine("CredentialsInvalid: resolved");
        }
    }

    @Test
    void anAddressThatIsNoneNamesItsFile() throws Exception {
        mount("backend:8443", pki.caPem(), ScriptedBackend.TOKEN, TestPki.CLUSTER);
        try (LocalNode node = new LocalNode(options())) {
            node.awaitLine("the file " + mount.resolve("endpoint") + " holds no address of a backend");
        }
    }

    @Test
    void aTokenOfAnotherClusterIsNotTaken() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            mount(backend.endpoint(), pki.caPem(), ScriptedBackend.TOKEN, "00000000-0000-0000-0000-000000000001");
            try (LocalNode node = new LocalNode(options())) {
                node.awaitLine("is of cluster " + TestPki.CLUSTER + ", but this cluster was onboarded as 00000000-");
                assertThat(backend.requests()).isZero();
                mount(backend.endpoint(), pki.caPem(), ScriptedBackend.TOKEN, TestPki.CLUSTER);
                awaitDelivery(backend);
            }
        }
    }

    @Test
    void theNodesProofIsShownAsItIsAtEachEnrolmentAndNeverLogged() throws Exception {
        Files.writeString(nodeToken, "header.expired.signature\n");
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            backend.nodeToken("header.fresh.signature");
            mount(backend.endpoint(), pki.caPem(), ScriptedBackend.TOKEN, TestPki.CLUSTER);
            try (LocalNode node = new LocalNode(options("--node-token-file=" + nodeToken))) {
                node.awaitLine("CredentialsInvalid (Rejected403)");
                assertThat(node.output()).contains("claim exp: the node token has expired");
                // Kubelet rotates it.
                Files.writeString(nodeToken, "header.fresh.signature");
                awaitDelivery(backend);
                node.awaitLine("CredentialsInvalid: resolved");
                assertThat(node.output()).doesNotContain("header.").doesNotContain(ScriptedBackend.TOKEN);
            }
        }
    }

    @Test
    void aMissingProofOfTheNodeIsNamed() throws Exception {
        try (ScriptedBackend backend = new ScriptedBackend(pki)) {
            mount(backend.endpoint(), pki.caPem(), ScriptedBackend.TOKEN, TestPki.CLUSTER);
            try (LocalNode node = new LocalNode(options("--node-token-file=" + nodeToken))) {
                node.awaitLine("the file --node-token-file=" + nodeToken + " does not exist");
                assertThat(backend.enrolments()).isZero();
            }
        }
    }
}
