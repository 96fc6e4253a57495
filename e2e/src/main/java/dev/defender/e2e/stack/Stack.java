/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.stack;

import dev.defender.e2e.cgroup.Cgroup;
import dev.defender.e2e.cgroup.CgroupTree;
import dev.defender.e2e.cgroup.Limits;
import dev.defender.e2e.cgroup.PeakSampler;
import dev.defender.e2e.process.Confinement;
import dev.defender.e2e.process.Program;
import dev.defender.e2e.process.Running;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Backend, publisher and sensor with their users, capabilities and limits. Closing stops them in the order in which the
 * data flows and removes their groups.
 *
 * <p>Start programs from the main thread only: they die with the thread that started them.
 */
public final class Stack implements AutoCloseable {
    /** A cold JVM in 60m; the bench measures how long it really takes. */
    private static final Duration START = Duration.ofSeconds(90);

    private static final Set<String> SENSOR_CAPABILITIES = Set.of("sys_admin", "sys_resource", "sys_ptrace");

    private final Workspace workspace;
    private final Path programs;
    private final Path java;
    private final String group;
    private final Mode mode;
    private final @Nullable CgroupTree cgroups;
    private @Nullable Running sensor;
    private final Map<String, Measured> measured = new LinkedHashMap<>();
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();

    /**
     * How the programs run.
     *
     * @param detached whether they shall outlive this JVM
     * @param limits what becomes of each component's limits
     * @param pinsOutlive whether pins outlive the sensor: the caller has then mounted a {@link BpfFileSystem} on "bpf"
     *     in the workspace; else each sensor gets one of its own, which goes with it
     */
    public record Mode(boolean detached, UnaryOperator<Limits> limits, boolean pinsOutlive) {
        public static final Mode DEMO = new Mode(false, UnaryOperator.identity(), false);
        public static final Mode DEMO_KEPT = new Mode(true, UnaryOperator.identity(), false);

        /** For tests that kill: pins stay where the caller has mounted them. */
        public static Mode killable(UnaryOperator<Limits> limits) {
            return new Mode(false, limits, true);
        }
    }

    /** A component's group, and the sampler of its memory. */
    public record Measured(Cgroup group, PeakSampler peak) {}

    /**
     * @param programs root under which each is in its {@code target/app}
     * @param cgroups null where limits cannot be set
     */
    public Stack(Workspace workspace, Path programs, Path java, Mode mode, @Nullable CgroupTree cgroups) {
        this.workspace = workspace;
        this.programs = programs;
        this.java = java;
        group = workspace.root().getFileName().toString();
        this.mode = mode;
        this.cgroups = cgroups;
    }

    /** Starts the backend and returns its address. */
    public URI backend() throws IOException, InterruptedException {
        Running backend = start(
                Program.backend(programs),
                List.of("--data=" + workspace.path("backend"), "--listen=127.0.0.1:0"),
                Limits.NONE,
                cgroup -> Confinement.none(cgroup));
        String ready = backend.awaitLine("backend: ready ", START);
        return URI.create(ready.substring("backend: ready ".length()).strip());
    }

    public Running publisher(URI backend, Path token) throws IOException, InterruptedException {
        Running publisher = start(
                Program.publisher(programs),
                List.of(
                        "--socket=" + socket(),
                        "--spool=" + workspace.path("spool"),
                        "--identity=" + workspace.path("identity"),
                        "--endpoint=" + backend,
                        "--ca=" + workspace.path("backend/pki/ca.pem"),
                        "--enrol-token-file=" + token,
                        "--node=" + node(),
                        "--allow-uid=" + uid() + ":sensor," + uid() + ":replay",
                        "--health=127.0.0.1:0"),
                Limits.PUBLISHER,
                cgroup -> workspace.privileged()
                        ? new Confinement(
                                Confinement.PUBLISHER_UID, List.of(Confinement.SOCKET_GROUP), Set.of(), cgroup, null)
                        : Confinement.none(cgroup));
        publisher.awaitLine("publisher: ready", START);
        return publisher;
    }

    /**
     * Starts the sensor.
     *
     * @param extra "--replay=…" or nothing
     */
    public Running sensor(List<String> extra) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(
                "--socket=" + socket(),
                "--bpffs=" + workspace.path("bpf"),
                "--state=" + workspace.path("sensor"),
                "--node=" + node()));
        options.addAll(extra);
        Running sensor = start(
                Program.sensor(programs),
                options,
                Limits.SENSOR,
                cgroup -> workspace.privileged()
                        ? new Confinement(
                                0,
                                List.of(Confinement.SOCKET_GROUP),
                                available(),
                                cgroup,
                                mode.pinsOutlive() ? null : workspace.path("bpf"))
                        : Confinement.none(cgroup));
        this.sensor = sensor;
        sensor.awaitLine("sensor: attached", START);
        return sensor;
    }

    /** Stops the sensor in good order: it drains its ring and sends its last cut. */
    public void stopSensor() throws InterruptedException {
        if (sensor != null) {
            sensor.stop();
        }
    }

    /** Groups by program, in the order of their start; empty where limits cannot be set. */
    public Map<String, Measured> measured() {
        return measured;
    }

    public String node() {
        return "demo-node";
    }

    private Path socket() {
        return workspace.path("run/sensor.sock");
    }

    private static long uid() {
        return Capabilities.current().uid();
    }

    /** The three that the sensor has on a node, or those of them that this machine can give. */
    private static Set<String> available() {
        return Capabilities.current().bounding(SENSOR_CAPABILITIES);
    }

    private Running start(
            Program program, List<String> options, Limits limits, Function<@Nullable Cgroup, Confinement> confinement)
            throws IOException {
        Measured known = measured.get(program.name());
        Cgroup cgroup = known == null ? null : known.group();
        if (cgroups != null && known == null) {
            cgroup = cgroups.create(group + "-" + program.name(), mode.limits().apply(limits));
            PeakSampler peak = new PeakSampler(cgroup);
            measured.put(program.name(), new Measured(cgroup, peak));
            closing.push(cgroup);
            closing.push(peak);
        }
        Running running = Running.start(
                program, java, options, confinement.apply(cgroup), mode.detached(), workspace.log(program.name()));
        closing.push(running);
        return running;
    }

    @Override
    public void close() throws Exception {
        Exception first = null;
        for (AutoCloseable closeable : closing) {
            try {
                closeable.close();
            } catch (Exception e) {
                // The rest must go too, whatever went wrong with this one.
                first = first == null ? e : first;
            }
        }
        closing.clear();
        if (first != null) {
            throw first;
        }
    }
}
