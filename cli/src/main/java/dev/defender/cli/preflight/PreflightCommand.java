/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.preflight;

import dev.defender.cli.backend.BackendOptions;
import dev.defender.cli.kube.KubeApi;
import dev.defender.cli.kube.KubeOptions;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Table;
import dev.defender.cli.terminal.Terminal;
import dev.defender.cli.tls.PemFile;
import dev.defender.cli.web.Addresses;
import dev.defender.cli.web.ProxySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "preflight",
        header = "Checks whether a cluster, its nodes and the way to the backend are as they must be.",
        description = {
            "Asks the cluster about its nodes, foreign Defender objects and admission; with --backend or --onboarding"
                    + " tries the way to the backend; with --node looks at the machine that it runs on. In a pod it uses"
                    + " the pod's ServiceAccount. Nothing is changed anywhere.",
            "",
            "Exit status: 0 all well (warnings included), 1 a check failed, 2 usage."
        })
public final class PreflightCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    final KubeOptions cluster = new KubeOptions();

    @Mixin
    final BackendOptions backend = new BackendOptions();

    @Option(names = "--node", description = "check this machine as a node")
    boolean node;

    @Option(
            names = "--host-run",
            paramLabel = "DIR",
            defaultValue = "/run",
            description = "where the host's /run is (default ${DEFAULT-VALUE})")
    Path hostRun = Path.of("/run");

    @Option(names = "--host-root", hidden = true, defaultValue = "/")
    Path hostRoot = Path.of("/");

    @Option(
            names = "--onboarding",
            paramLabel = "DIR",
            description = "directory with endpoint and ca.pem, as the onboarding Secret mounts it")
    @Nullable
    Path onboarding;

    @Option(
            names = "--name-prefix",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "spec.namePrefix of the profile")
    String namePrefix = "";

    @Option(
            names = "--image",
            paramLabel = "REF",
            defaultValue = "registry.k8s.io/pause:3.10",
            description = "image of the pod that admission is tried with (default ${DEFAULT-VALUE})")
    String image = "";

    public PreflightCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Failure {
        List<Check> checks = new ArrayList<>();
        if (node) {
            checks.addAll(new HostChecks(hostRoot, hostRun, System.getProperty("os.arch")).run());
        }
        Optional<KubeApi> api = cluster.find(terminal);
        if (api.isPresent()) {
            checks.addAll(cluster(api.get()));
        } else if (!node) {
            checks.add(Check.skip("cluster", "nothing says which", "give --kubeconfig=FILE"));
        }
        if (onboarding != null || backend.given(terminal)) {
            checks.addAll(way());
        } else {
            checks.add(Check.skip("endpoint", "not given", "give --backend=URL and --ca=FILE, or --onboarding=DIR"));
        }
        Table table = new Table("STATUS", "CHECK", "FOUND", "REMEDY");
        checks.forEach(check -> table.row(check.status(), check.subject(), check.found(), check.remedy()));
        table.print(terminal.out());
        return checks.stream().anyMatch(check -> check.status() == Check.Status.FAIL) ? Failure.FAILED : 0;
    }

    private List<Check> cluster(KubeApi api) {
        List<Check> checks = new ArrayList<>();
        try {
            checks.add(ServerVersion.check(api));
            checks.add(NodeSurvey.check(api));
            checks.add(ForeignDefender.check(api, namePrefix));
            checks.add(AdmissionTrial.check(api, image));
        } catch (Failure e) {
            checks.add(
                    Check.fail("cluster", e.sentence(), "correct the kubeconfig, or open the way to the API server"));
        }
        return checks;
    }

    private List<Check> way() throws Failure {
        ProxySettings proxies = ProxySettings.from(terminal.environment());
        if (onboarding == null) {
            return BackendChecks.run(backend.address(terminal), backend.ca(terminal), proxies);
        }
        try {
            String endpoint = Files.readString(onboarding.resolve("endpoint")).strip();
            return BackendChecks.run(
                    Addresses.https(onboarding.resolve("endpoint").toString(), endpoint),
                    PemFile.read("the CA", onboarding.resolve("ca.pem")),
                    proxies);
        } catch (IOException e) {
            return BackendChecks.of(Failure.file("cannot read " + onboarding.resolve("endpoint"), e));
        } catch (Failure e) {
            return BackendChecks.of(e);
        }
    }
}
