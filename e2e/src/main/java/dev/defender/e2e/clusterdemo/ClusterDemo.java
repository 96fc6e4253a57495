/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import dev.defender.e2e.cluster.Answer.CommandFailed;
import dev.defender.e2e.cluster.Cluster;
import dev.defender.e2e.cluster.Clusters;
import dev.defender.e2e.scenario.Cleanup;
import dev.defender.e2e.scenario.Screen;
import dev.defender.e2e.stack.Tree;
import dev.defender.e2e.stack.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * {@code make demo-cluster}. Exit status 0: the components got ready within their limits, every expected alert is served with
 * the pod that it is about, the ledger closes, and nothing was left behind; 1: not so, or something failed; 2: a setting is
 * wrong.
 */
public final class ClusterDemo {
    private ClusterDemo() {}

    public static void main(String[] arguments) throws InterruptedException {
        Screen screen = new Screen(System.out);
        Cleanup cleanup = new Cleanup();
        Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "cleanup"));
        try {
            if (arguments.length > 0) {
                fail(cleanup, "it takes no arguments; DEMO_KEEP=1 and DEFENDER_CLUSTER are its settings", 2);
            }
            Verdict verdict = run(screen, cleanup);
            cleanup.close();
            screen.line(verdict.line());
            System.exit(verdict.passed() ? 0 : 1);
        } catch (IOException | GeneralSecurityException | CommandFailed | UnsupportedOperationException e) {
            fail(cleanup, e.getMessage(), 1);
        }
    }

    private static void fail(Cleanup cleanup, @Nullable String message, int status) {
        System.err.println("demo-cluster: " + message);
        cleanup.close();
        System.exit(status);
    }

    private static Verdict run(Screen screen, Cleanup cleanup)
            throws IOException, InterruptedException, GeneralSecurityException {
        String runId = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        Path tree = Path.of("").toAbsolutePath();
        Path work = Files.createTempDirectory("defender-demo-cluster-");
        Workspace.mark(work);
        cleanup.add("tokens", () -> {
            Files.deleteIfExists(work.resolve("admin.token"));
            Files.deleteIfExists(work.resolve("viewer.token"));
        });
        boolean keep = System.getenv().getOrDefault("DEMO_KEEP", "").equals("1");

        Cluster cluster = Clusters.open();
        cleanup.add("cluster", cluster);
        screen.stage("cluster    " + cluster.description());

        try (Installation installation = Installation.prepare(tree, work, cluster, screen)) {
            Residue before = Residue.of(cluster);
            installation.preflight();
            installation.install();
            installation.onboard();
            double readySeconds = installation.profile();
            Attacks attacks = new Attacks(runId, work, screen, installation);
            attacks.perform();
            if (keep) {
                screen.line("running on until you press Enter; in another terminal: export KUBECONFIG="
                        + cluster.kubeconfig() + " PATH=" + installation.programs() + ":$PATH");
                System.in.read();
            }
            installation.upgrade();
            attacks.finish();
            installation.uninstall();
            Residue after = Residue.of(cluster);
            after.minus(before).forEach(left -> screen.line("  LEFT BEHIND: " + left));
            cleanup.add("work directory", () -> Tree.delete(work));
            return Verdict.of(readySeconds, attacks, after.minus(before).isEmpty());
        }
    }
}
