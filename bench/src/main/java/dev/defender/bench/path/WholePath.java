/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.path;

import dev.defender.bench.Benchmark.Unavailable;
import dev.defender.bench.EventSize;
import dev.defender.bench.Report;
import dev.defender.bench.inject.Injector;
import dev.defender.bench.inject.RecordedEvents;
import dev.defender.bench.sink.Replay;
import dev.defender.e2e.cgroup.CgroupTree;
import dev.defender.e2e.cgroup.CgroupTree.CgroupsUnavailable;
import dev.defender.e2e.process.Running;
import dev.defender.e2e.stack.Api;
import dev.defender.e2e.stack.Capabilities;
import dev.defender.e2e.stack.Ledger;
import dev.defender.e2e.stack.Stack;
import dev.defender.e2e.stack.Tree;
import dev.defender.e2e.stack.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Backend, publisher and sensor as the demo runs them, sensor and publisher inside their limits, fed by an injector. */
final class WholePath implements AutoCloseable {
    private static final Duration FIRST_ACK = Duration.ofSeconds(60);
    private static final Duration ARRIVAL = Duration.ofSeconds(60);
    private static final String DETECTIONS = "detection";
    private static final Ledger.Totals NONE = new Ledger.Totals(0, 0, 0, 0);

    private final Workspace workspace;
    private final Stack stack;
    private final Api api;
    private final Injector injector;

    private WholePath(Workspace workspace, Stack stack, Path tree, Report report)
            throws IOException, InterruptedException, GeneralSecurityException {
        this.workspace = workspace;
        this.stack = stack;
        RecordedEvents recorded = RecordedEvents.read(tree);
        List<byte[]> events =
                largest(recorded.events(), Replay.of(RecordedEvents.file(tree), tree, workspace.root()), report);
        URI backend = stack.backend();
        Running publisher =
                stack.publisher(backend, workspace.enrolmentToken(workspace.path("backend/tokens/enrolment")));
        Running sensor = stack.sensor(List.of());
        publisher.awaitLine("publisher: first ack", FIRST_ACK);
        api = new Api(backend, workspace.path("backend/pki/ca.pem"), workspace.path("backend/tokens/viewer"));
        recorded.introduce(sensor.pid());
        injector = Injector.into(sensor.pid(), events);
    }

    /** Of the recorded events those whose encodings have together the mean size that a figure needs. */
    private static List<byte[]> largest(List<byte[]> recorded, List<byte[]> encoded, Report report) throws IOException {
        if (recorded.size() != encoded.size()) {
            throw new IOException("of " + recorded.size() + " recorded events the sensor encoded " + encoded.size());
        }
        BitSet kept = EventSize.largest(encoded);
        EventSize.check(kept.stream().mapToObj(encoded::get).toList(), report);
        report.note("the " + (recorded.size() - kept.cardinality()) + " smallest of " + recorded.size()
                + " recorded events are left out");
        return kept.stream().mapToObj(recorded::get).toList();
    }

    /** Starts all three and waits until the first batch is acknowledged; call from a thread that outlives them. */
    static WholePath start(Report report) throws IOException, InterruptedException, Unavailable {
        if (!Capabilities.current().root()) {
            throw new Unavailable("needs root: it runs the sensor on this kernel");
        }
        Path tree = Path.of("").toAbsolutePath();
        Workspace workspace =
                Workspace.create("bench-" + ProcessHandle.current().pid(), true);
        Stack stack = null;
        try {
            stack = new Stack(
                    workspace,
                    workspace.programs(tree),
                    Path.of(System.getProperty("java.home"), "bin/java"),
                    Stack.Mode.DEMO,
                    CgroupTree.detect(CgroupTree.DEFAULT_ROOT));
            return new WholePath(workspace, stack, tree, report);
        } catch (CgroupsUnavailable e) {
            close(stack, workspace);
            throw new Unavailable("limits cannot be set: " + e.getMessage());
        } catch (IOException | InterruptedException | RuntimeException failed) {
            close(stack, workspace);
            throw failed;
        } catch (GeneralSecurityException e) {
            close(stack, workspace);
            throw new IOException("no TLS to the backend: " + e.getMessage(), e);
        }
    }

    Injector injector() {
        return injector;
    }

    Api api() {
        return api;
    }

    /**
     * The ledger once the API accounts for all that was captured, what was injected included, and has returned the row of
     * each event that it counts as delivered.
     */
    Ledger.Totals awaitAll(ReturnedRows rows) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ARRIVAL.toNanos();
        while (true) {
            Ledger ledger = Ledger.of(api);
            Ledger.Totals total = ledger.total();
            long delivered = total.delivered()
                    - ledger.classes().getOrDefault(DETECTIONS, NONE).delivered();
            if (total.captured() >= injector.offered() && total.inFlight() == 0 && rows.count() >= delivered) {
                return total;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("not all came out within " + ARRIVAL.toSeconds() + " s: " + ledger.classes()
                        + ", rows returned: " + rows.count());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Reports the memory of both and what their quotas did to them. */
    void reportPeaks(Report report) throws IOException {
        for (Map.Entry<String, Stack.Measured> measured : stack.measured().entrySet()) {
            String component = measured.getKey().replace("-ds", "");
            if (measured.getValue().group().limits().memoryBytes() > 0) {
                report.peak(
                        component,
                        measured.getValue().peak(),
                        measured.getValue().group());
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        injector.close();
        close(stack, workspace);
    }

    private static void close(@Nullable Stack stack, Workspace workspace) throws IOException, InterruptedException {
        try {
            if (stack != null) {
                stack.close();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            Tree.delete(workspace.root());
        }
    }
}
