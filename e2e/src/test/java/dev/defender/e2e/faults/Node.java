/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.faults;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.defender.e2e.cgroup.CgroupTree;
import dev.defender.e2e.cgroup.Limits;
import dev.defender.e2e.process.Running;
import dev.defender.e2e.stack.Api;
import dev.defender.e2e.stack.BpfFileSystem;
import dev.defender.e2e.stack.Capabilities;
import dev.defender.e2e.stack.Ledger;
import dev.defender.e2e.stack.Stack;
import dev.defender.e2e.stack.Tree;
import dev.defender.e2e.stack.Workspace;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Backend, publisher and sensor on this host for one test; programs are those that the build left. */
final class Node implements AutoCloseable {
    private static final Duration FIRST_ACK = Duration.ofSeconds(60);
    private static final Duration LEDGER = Duration.ofSeconds(60);

    private final Workspace workspace;
    private final Stack stack;
    private final BpfFileSystem bpf;
    private final @Nullable SmallDisk disk;
    private final URI backend;
    private final Path token;
    private final Api api;
    private final Workload workload;
    private Running publisher;
    private Running sensor;

    private Node(CgroupTree cgroups, UnaryOperator<Limits> limits, int diskMegabytes) throws Exception {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        Path tree = Path.of("..").toRealPath();
        workspace = Workspace.create(id, true);
        bpf = BpfFileSystem.mount(workspace.path("bpf"));
        disk = diskMegabytes == 0 ? null : SmallDisk.mount(workspace.path("backend"), diskMegabytes);
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        stack = new Stack(workspace, workspace.programs(tree), java, Stack.Mode.killable(limits), cgroups);
        backend = stack.backend();
        token = workspace.enrolmentToken(workspace.path("backend/tokens/enrolment"));
        api = new Api(backend, workspace.path("backend/pki/ca.pem"), workspace.path("backend/tokens/viewer"));
        publisher = stack.publisher(backend, token);
        sensor = stack.sensor(List.of());
        publisher.awaitLine("publisher: first ack", FIRST_ACK);
        workload = new Workload(cgroups, "defender-test-" + id, Files.createDirectory(workspace.path("load")));
    }

    /** Starts it, or skips the test with the reason. */
    static Node start(UnaryOperator<Limits> limits) throws Exception {
        return startWithDisk(limits, 0);
    }

    /**
     * The same with the backend's data on a disk of its own.
     *
     * @param megabytes its size; 0 for none of its own
     */
    static Node startWithDisk(UnaryOperator<Limits> limits, int megabytes) throws Exception {
        assumeTrue(Capabilities.current().root(), "needs root: the sensor attaches to the kernel");
        assumeTrue(Files.exists(Path.of("/sys/kernel/btf/vmlinux")), "needs a kernel with BTF");
        CgroupTree cgroups;
        try {
            cgroups = CgroupTree.detect(CgroupTree.DEFAULT_ROOT);
        } catch (CgroupTree.CgroupsUnavailable e) {
            return abort("needs cgroups: " + e.getMessage());
        }
        return new Node(cgroups, limits, megabytes);
    }

    SmallDisk disk() {
        return Objects.requireNonNull(disk, "started without a disk of its own");
    }

    /** How many batches the backend has answered with this status, as the publisher counts them. */
    long answers(int status) throws Exception {
        String sample = "defender_publisher_answers_total{status=\"" + status + "\"} ";
        URI page = URI.create(publisher
                        .awaitLine("publisher: health ", FIRST_ACK)
                        .substring("publisher: health ".length())
                        .strip()
                + "/metrics");
        try (InputStream in = page.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(sample))
                    .mapToLong(line -> Long.parseLong(line.substring(sample.length())))
                    .sum();
        }
    }

    /** Waits until there are so many; fails when the time is over. */
    void awaitAnswers(int status, long atLeast) throws Exception {
        await(LEDGER, () -> answers(status) >= atLeast);
        if (answers(status) < atLeast) {
            throw new AssertionError("not answered with " + status + " in time; " + logs());
        }
    }

    void killSensor() throws Exception {
        sensor.kill();
        sensor = stack.sensor(List.of());
    }

    void killPublisher() throws Exception {
        publisher.kill();
        publisher = stack.publisher(backend, token);
    }

    /** Waits until that many more events than now are stored. */
    void awaitDelivered(long more) throws Exception {
        long target = ledger().total().delivered() + more;
        await(LEDGER, () -> ledger().total().delivered() >= target);
    }

    /**
     * Waits until every epoch but the running one is closed by a successor, stops load and sensor in good order, and waits
     * until the ledger closes, or the time is over.
     *
     * @param epochs of the sensor, the running one included
     */
    Ledger settle(int epochs) throws Exception {
        await(
                LEDGER,
                () -> ledger().streams().stream().filter(Ledger.Stream::ended).count() >= epochs - 1
                        && ledger().streams().size() >= epochs);
        workload.close();
        stack.stopSensor();
        await(LEDGER, () -> ledger().closes());
        return ledger();
    }

    /** The last lines of publisher and sensor: why a ledger may not have closed. */
    String logs() throws Exception {
        StringBuilder text = new StringBuilder();
        for (String program : List.of("publisher-ds", "sensor-ds")) {
            List<String> lines = Files.readAllLines(workspace.log(program));
            text.append(program).append(":\n");
            lines.stream()
                    .skip(Math.max(0, lines.size() - 30))
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    Ledger ledger() throws Exception {
        return Ledger.of(api);
    }

    private interface Condition {
        boolean met() throws Exception;
    }

    private static void await(Duration limit, Condition condition) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.met() && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
    }

    @Override
    public void close() throws Exception {
        workload.close();
        stack.close();
        bpf.close();
        if (disk != null) {
            disk.close();
        }
        Tree.delete(workspace.root());
    }
}
