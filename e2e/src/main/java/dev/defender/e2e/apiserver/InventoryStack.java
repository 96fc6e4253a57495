/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.apiserver;

import dev.defender.e2e.cgroup.Cgroup;
import dev.defender.e2e.process.Confinement;
import dev.defender.e2e.process.Program;
import dev.defender.e2e.process.Running;
import dev.defender.e2e.stack.Api;
import dev.defender.e2e.stack.Tree;
import dev.defender.e2e.stack.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Backend, publisher and collector-misc with the users that they have in a cluster. Start from the main thread only. */
public final class InventoryStack implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(180);

    private final Workspace workspace;
    private final Path programs;
    private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    private final URI apiServer;
    private final Path ca;
    private final Path token;
    private final Running backend;
    private final URI backendUri;
    private final Path enrolment;
    private Running publisher;
    private @Nullable Running misc;

    /**
     * Starts backend and publisher.
     *
     * @param tree root of the source tree, built
     * @param name unique on the host
     * @param token of collector-misc's service account
     */
    public InventoryStack(Path tree, String name, URI apiServer, Path ca, String token)
            throws IOException, InterruptedException {
        this.apiServer = apiServer;
        workspace = Workspace.create(name, true);
        programs = workspace.programs(tree);
        this.ca = Files.copy(ca, workspace.path("api-server-ca.pem"));
        this.token = Files.writeString(workspace.path("api-server-token"), token);
        Files.setAttribute(this.ca, "unix:mode", 0444);
        Files.setAttribute(this.token, "unix:uid", Confinement.MISC_UID);
        Files.setAttribute(this.token, "unix:mode", 0400);
        backend = Running.start(
                Program.backend(programs),
                java,
                List.of("--data=" + workspace.path("backend"), "--listen=127.0.0.1:0"),
                Confinement.none(null),
                false,
                workspace.log("backend"));
        String ready = backend.awaitLine("backend: ready ", START);
        backendUri = URI.create(ready.substring("backend: ready ".length()).strip());
        enrolment = workspace.enrolmentToken(workspace.path("backend/tokens/enrolment"));
        publisher = startPublisher();
    }

    private Running startPublisher() throws IOException, InterruptedException {
        Running started = Running.start(
                Program.publisher(programs),
                java,
                List.of(
                        "--socket=" + socket(),
                        "--spool=" + workspace.path("spool"),
                        "--identity=" + workspace.path("identity"),
                        "--endpoint=" + backendUri,
                        "--ca=" + workspace.path("backend/pki/ca.pem"),
                        "--enrol-token-file=" + enrolment,
                        "--node=node-1",
                        "--allow-uid=" + Confinement.MISC_UID + ":misc",
                        "--health=off"),
                new Confinement(Confinement.PUBLISHER_UID, List.of(Confinement.SOCKET_GROUP), Set.of(), null, null),
                false,
                workspace.log("publisher"));
        started.awaitLine("publisher: ready", START);
        return started;
    }

    /** Starts collector-misc and returns at once. */
    public Running startMisc(@Nullable Cgroup group) throws IOException {
        misc = Running.start(
                Program.misc(programs),
                java,
                List.of("--socket=" + socket(), "--api-server=" + apiServer, "--ca=" + ca, "--token-file=" + token),
                new Confinement(Confinement.MISC_UID, List.of(Confinement.SOCKET_GROUP), Set.of(), group, null),
                false,
                workspace.log("misc"));
        return misc;
    }

    /** Starts collector-misc and waits until it says that it is ready; returns what it says. */
    public String misc(@Nullable Cgroup group) throws IOException, InterruptedException {
        return startMisc(group).awaitLine("misc: ready ", START);
    }

    /** Ends the publisher at once, as a power cut would. */
    public void killPublisher() throws InterruptedException {
        publisher.kill();
    }

    public void restartPublisher() throws IOException, InterruptedException {
        publisher = startPublisher();
    }

    public Api api() throws IOException, GeneralSecurityException {
        return new Api(backendUri, workspace.path("backend/pki/ca.pem"), workspace.path("backend/tokens/viewer"));
    }

    private Path socket() {
        return workspace.path("run/misc.sock");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            if (misc != null) {
                misc.close();
            }
            publisher.close();
            backend.close();
        } finally {
            Tree.delete(workspace.root());
        }
    }
}
