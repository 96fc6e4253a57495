/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.misc;

import dev.defender.bench.Benchmark;
import dev.defender.bench.Figure;
import dev.defender.bench.Figure.Better;
import dev.defender.bench.Report;
import dev.defender.e2e.apiserver.ApiServer;
import dev.defender.e2e.apiserver.InventoryStack;
import dev.defender.e2e.apiserver.KubeApi;
import dev.defender.e2e.apiserver.SampleCluster;
import dev.defender.e2e.cgroup.Cgroup;
import dev.defender.e2e.cgroup.CgroupTree;
import dev.defender.e2e.cgroup.CgroupTree.CgroupsUnavailable;
import dev.defender.e2e.cgroup.Limits;
import dev.defender.e2e.cgroup.PeakSampler;
import dev.defender.e2e.cgroup.Usage;
import dev.defender.e2e.stack.Capabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;

/**
 * collector-misc in its hard 60m and 64Mi, unprivileged, on an API server outside of them that holds 10,000 pods and
 * what belongs to them: from the start of the process until the full list is in the publisher's spool and every watch is
 * open; then ten changes a second for a minute, from the API server's answer until the backend serves the change. What is
 * held is the pods of the list that the backend has whole; 0 if the process was killed for memory or thrashed.
 */
public final class MiscBench implements Benchmark {
    private static final String READY = "misc.ready_s";
    private static final String HELD = "misc.pods_held.64Mi";
    private static final String LATENCY = "misc.change_to_backend_ms.p99";
    private static final String PEAK = "misc.peak_mib";

    private static final int PODS = 10_000;
    private static final double CEILING_READY_SECONDS = 20;
    private static final double CEILING_LATENCY_MILLIS = 3_000;

    /** Page faults that had to read again what was dropped before, per second: more is thrashing. */
    private static final long CEILING_REFAULTS_PER_SECOND = 200;

    @Override
    public List<String> figures() {
        return List.of(READY, HELD, LATENCY, PEAK);
    }

    @Override
    public void run(Report report) throws IOException, InterruptedException, Unavailable {
        if (Capabilities.current().uid() != 0) {
            throw new Unavailable("needs root, to give programs the users that they have on a node");
        }
        String name = "bench-misc-" + ProcessHandle.current().pid();
        Path tree = Path.of("").toAbsolutePath();
        try (ApiServer apiServer =
                ApiServer.start(tree, Path.of(System.getProperty("java.io.tmpdir"), "defender-" + name))) {
            KubeApi cluster =
                    new KubeApi(apiServer.uri(), apiServer.ca(), apiServer.account("loader", "cluster-admin"));
            report.note("filling the cluster with " + PODS + " pods");
            SampleCluster.fill(cluster, PODS);
            role(apiServer, tree);
            String token = apiServer.account("microsoft-defender-misc", "defender-collector-misc");
            try (Cgroup group = CgroupTree.detect(CgroupTree.DEFAULT_ROOT).create("defender-" + name, Limits.MISC);
                    PeakSampler peak = new PeakSampler(group);
                    InventoryStack stack = new InventoryStack(tree, name, apiServer.uri(), apiServer.ca(), token)) {
                measure(report, group, peak, stack, cluster);
            }
        } catch (ApiServer.Unavailable | CgroupsUnavailable e) {
            throw new Unavailable(String.valueOf(e.getMessage()));
        } catch (GeneralSecurityException e) {
            throw new IOException("no TLS: " + e.getMessage(), e);
        }
    }

    private static void measure(Report report, Cgroup group, PeakSampler peak, InventoryStack stack, KubeApi cluster)
            throws IOException, InterruptedException, GeneralSecurityException {
        long started = System.nanoTime();
        String said = stack.misc(group);
        double ready = (System.nanoTime() - started) / 1e9;
        Usage atReady = group.usage();
        report.note(said + String.format(Locale.ROOT, "; CPU %.2f s", atReady.cpuNanos() / 1e9));
        report.figure(Figure.againstLimit(READY, ready, CEILING_READY_SECONDS, Better.LOWER, PODS, 1, "s"));
        Changes changes = new Changes(cluster, stack.api(), PODS);
        long pods = changes.awaitPods();
        Usage before = group.usage();
        long from = System.nanoTime();
        changes.run();
        double seconds = (System.nanoTime() - from) / 1e9;
        Usage after = group.usage();
        double refaults = (after.refaults() - before.refaults()) / seconds;
        report.note(String.format(
                Locale.ROOT,
                "%d changes: CPU %.1fm, %.0f refaults a second, median %.0f ms",
                changes.count(),
                (after.cpuNanos() - before.cpuNanos()) / 1e6 / seconds,
                refaults,
                changes.millis(0.5)));
        boolean held = after.oomKills() == 0 && refaults <= CEILING_REFAULTS_PER_SECOND;
        report.figure(Figure.againstLimit(HELD, held ? pods : 0, PODS, Better.HIGHER, pods, 1, "pods"));
        report.figure(Figure.againstLimit(
                LATENCY, changes.millis(0.99), CEILING_LATENCY_MILLIS, Better.LOWER, changes.count(), 1, "ms"));
        report.peak("misc", peak, group);
    }

    /** The chart's rules as a ClusterRole. */
    private static void role(ApiServer apiServer, Path tree) throws IOException, InterruptedException {
        String rules = Files.readString(tree.resolve("charts/defender-for-containers/files/rbac/collector-misc.yaml"));
        Path role = Files.writeString(
                apiServer.state().resolve("role.yaml"),
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n"
                        + "metadata: {name: defender-collector-misc}\nrules:\n" + rules);
        apiServer.kubectl("create", "--filename=" + role);
    }
}
