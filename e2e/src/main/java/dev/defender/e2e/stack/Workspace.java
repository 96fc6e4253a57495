/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.stack;

import dev.defender.e2e.process.Confinement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * The demo's own directory: programs, data, sockets and logs, laid out with the owners and modes that they have on a
 * node. It is outside the checkout, because the unprivileged users must reach it and may not reach a home.
 *
 * @param root mode 0711
 * @param privileged whether owners can be set
 */
public record Workspace(Path root, boolean privileged) {
    /**
     * Makes it.
     *
     * @param name unique on the host; the directory is called {@code defender-demo-NAME}
     */
    public static Workspace create(String name, boolean privileged) throws IOException {
        Path root = Files.createDirectory(
                Path.of(System.getProperty("java.io.tmpdir"), "defender-demo-" + name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        mark(root);
        Workspace workspace = new Workspace(root, privileged);
        workspace.directory("logs", 0, 0, 0700);
        workspace.directory("actions", 0, 0, 0755);
        workspace.directory("backend", 0, 0, 0711);
        workspace.directory("bpf", 0, 0, 0700);
        workspace.directory("sensor", 0, 0, 0700);
        workspace.directory("spool", Confinement.PUBLISHER_UID, Confinement.PUBLISHER_UID, 0700);
        workspace.directory("identity", Confinement.PUBLISHER_UID, Confinement.PUBLISHER_UID, 0700);
        workspace.directory("run", Confinement.PUBLISHER_UID, Confinement.SOCKET_GROUP, 02770);
        return workspace;
    }

    /** Says whose directory it is: {@code make clean} touches only what its own checkout has started. */
    public static void mark(Path directory) throws IOException {
        Path checkout = Path.of("").toRealPath();
        while (checkout.getParent() != null && !Files.exists(checkout.resolve("scripts/clean.sh"))) {
            checkout = checkout.getParent();
        }
        Files.writeString(directory.resolve("checkout"), checkout + "\n");
    }

    /**
     * Copies what the build left under {@code tree}, the actor included, to where every user can read it.
     *
     * @return root of the same layout
     */
    public Path programs(Path tree) throws IOException {
        Path programs = root.resolve("programs");
        for (String module : List.of("sensor-ds", "publisher-ds", "collector-misc", "backend")) {
            Path app = Path.of(module, "target/app");
            if (!Files.isDirectory(tree.resolve(app))) {
                throw new IOException(tree.resolve(app) + " is missing; build first: make build");
            }
            Tree.copy(tree.resolve(app), programs.resolve(app));
        }
        Files.copy(tree.resolve("e2e/target/app/actor"), programs.resolve("actor"), StandardCopyOption.COPY_ATTRIBUTES);
        return programs;
    }

    /** Hands the backend's enrolment token to the publisher, readable by it alone. */
    public Path enrolmentToken(Path fromBackend) throws IOException {
        Path token = root.resolve("identity/enrolment-token");
        Files.copy(fromBackend, token, StandardCopyOption.REPLACE_EXISTING);
        own(token, Confinement.PUBLISHER_UID, Confinement.PUBLISHER_UID, 0400);
        return token;
    }

    public Path log(String program) {
        return root.resolve("logs").resolve(program + ".log");
    }

    public Path path(String name) {
        return root.resolve(name);
    }

    private void directory(String name, int uid, int gid, int mode) throws IOException {
        own(Files.createDirectory(root.resolve(name)), uid, gid, mode);
    }

    private void own(Path path, int uid, int gid, int mode) throws IOException {
        if (privileged) {
            Files.setAttribute(path, "unix:uid", uid);
            Files.setAttribute(path, "unix:gid", gid);
        }
        Files.setAttribute(path, "unix:mode", mode);
    }
}
