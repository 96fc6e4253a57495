/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.publisher;

import dev.defender.e2e.cgroup.Cgroup;
import dev.defender.e2e.process.Confinement;
import dev.defender.e2e.process.Program;
import dev.defender.e2e.process.Running;
import dev.defender.e2e.stack.Tree;
import dev.defender.e2e.stack.Workspace;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A publisher with the user and limits that it has on a node, and the sink that it ships to. */
final class ConfinedPublisher implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(120);
    private static final String BOOT = "00000000-0000-4000-8000-000000000b07";
    private static final long POLL_MILLIS = 20;
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    private final Path tree = Path.of("").toAbsolutePath();
    private final SinkAuthority authority = new SinkAuthority();
    private final Sink sink = new Sink(authority);
    private final Workspace workspace;
    private final Running running;
    private final long startedNanos;

    /** Starts it with an empty spool and no identity. */
    ConfinedPublisher(Cgroup group) throws IOException {
        workspace = Workspace.create("bench-" + ProcessHandle.current().pid(), true);
        Path programs = workspace.programs(tree);
        Path ca = Files.writeString(workspace.path("ca.pem"), authority.pem());
        Files.setAttribute(ca, "unix:mode", 0644);
        Path token = workspace.enrolmentToken(Files.writeString(workspace.path("token"), "bench"));
        Confinement confinement =
                new Confinement(Confinement.PUBLISHER_UID, List.of(Confinement.SOCKET_GROUP), Set.of(), group, null);
        startedNanos = System.nanoTime();
        running = Running.start(
                Program.publisher(programs),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                List.of(
                        "--socket=" + socket(),
                        "--spool=" + workspace.path("spool"),
                        "--identity=" + workspace.path("identity"),
                        "--endpoint=" + sink.endpoint(),
                        "--ca=" + ca,
                        "--enrol-token-file=" + token,
                        "--node=bench",
                        "--allow-uid=0:sensor",
                        "--health=off"),
                confinement,
                false,
                workspace.log("publisher"));
    }

    /** Waits for the first batch that the sink took; seconds since the start of the process. */
    double awaitFirstAck() throws IOException, InterruptedException {
        running.awaitLine("publisher: first ack", START);
        return (sink.firstBatchNanos() - startedNanos) / 1e9;
    }

    /** Bodies of events from the repository's recording. */
    List<byte[]> recordedEvents(int count) throws IOException, InterruptedException {
        return ReplayedEvents.bodies(tree, workspace.root(), count);
    }

    LoadProducer connect(List<byte[]> bodies) throws IOException {
        return new LoadProducer(socket(), bodies, BOOT, 1);
    }

    Sink sink() {
        return sink;
    }

    /** Waits until the sink has what was acknowledged to the producer. */
    void awaitReceived(long events) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (sink.received() < events) {
            if (System.nanoTime() > deadline || !running.alive()) {
                throw new IOException("the sink has " + sink.received() + " of " + events
                        + " acknowledged events; the publisher's last lines: " + running.lines());
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /**
     * Where the spool is: path, file system and device.
     *
     * @throws IOException if it is not on a disk, where a sync would cost nothing
     */
    String disk() throws IOException {
        Path spool = workspace.path("spool");
        FileStore store = Files.getFileStore(spool);
        if (IN_MEMORY.contains(store.type())) {
            throw new IOException("the spool at " + spool + " is on " + store.type()
                    + ", which is memory; name a directory on a disk with -Djava.io.tmpdir");
        }
        return spool + ", " + store.type() + " on " + store.name();
    }

    private Path socket() {
        return workspace.path("run/sensor.sock");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try (sink) {
            running.close();
        } finally {
            Tree.delete(workspace.root());
        }
    }
}
