/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import dev.defender.e2e.cluster.Cluster;
import dev.defender.e2e.scenario.Screen;
import dev.defender.e2e.stack.Api;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The product on the cluster, put there and taken away by the README's commands. They find kubectl, helm and defenderctl in
 * {@link #programs()} and the registry's name in REGISTRY.
 */
final class Installation implements AutoCloseable {
    /** Images are imported, not pulled: the name stands for a registry and is none. */
    static final String REGISTRY = "testbed.local";

    private static final Duration STEP = Duration.ofMinutes(6);

    private final Path work;
    private final Screen screen;
    private final ReadmeCommands readme;
    private final Bash bash;
    private final AttackPod pod;

    private Installation(Path work, Screen screen, ReadmeCommands readme, Bash bash, AttackPod pod) {
        this.work = work;
        this.screen = screen;
        this.readme = readme;
        this.bash = bash;
        this.pod = pod;
    }

    /** Loads the images that {@code make images} has left, and that of the actions. */
    static Installation prepare(Path tree, Path work, Cluster cluster, Screen screen)
            throws IOException, InterruptedException {
        List<Path> archives = new ArrayList<>();
        Path images = tree.resolve("target/images");
        if (Files.isDirectory(images)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(images, "*.tar")) {
                found.forEach(archives::add);
            }
        }
        if (archives.isEmpty()) {
            throw new IOException("there are no images in " + images + "; make demo-cluster builds them first");
        }
        Path actions = work.resolve("actions.tar");
        String image =
                AttackImage.write(actions, REGISTRY, tree.resolve("e2e/target/app/actor"), work.resolve("image"));
        archives.add(actions);
        cluster.load(archives);
        screen.stage("images     " + archives.size() + " loaded");

        Path programs = Files.createDirectories(work.resolve("bin"));
        cluster.tools().install(programs);
        Programs.defenderctl(programs, tree);
        Bash bash = new Bash(work, work.resolve("commands.log"), List.of(programs));
        bash.set("KUBECONFIG", cluster.kubeconfig().toString());
        bash.set("REGISTRY", REGISTRY);
        bash.set("CHART", tree.resolve("charts/defender-for-containers").toString());
        return new Installation(
                work, screen, new ReadmeCommands(tree.resolve("README.md")), bash, new AttackPod(bash, image));
    }

    Path programs() {
        return work.resolve("bin");
    }

    Bash bash() {
        return bash;
    }

    AttackPod pod() {
        return pod;
    }

    private double step(String block, String done) throws IOException, InterruptedException {
        long start = System.nanoTime();
        bash.run("the README's \"" + block + "\"", readme.block(block), STEP);
        double seconds = (System.nanoTime() - start) / 1e9;
        screen.stage(String.format(Locale.ROOT, "%-10s %s (%.1f s)", block, done, seconds));
        return seconds;
    }

    void preflight() throws IOException, InterruptedException {
        step("preflight", "this cluster can be protected");
    }

    void install() throws IOException, InterruptedException {
        step("install", "operator and backend run");
    }

    void onboard() throws IOException, InterruptedException {
        bash.startInBackground(readme.block("forward"));
        step("onboard", "the cluster has its bundle");
    }

    /** @return seconds until the profile is Ready */
    double profile() throws IOException, InterruptedException {
        return step("profile", "sensor and publisher are ready on every node");
    }

    void upgrade() throws IOException, InterruptedException {
        step("upgrade", "the components were rolled");
    }

    void uninstall() throws IOException, InterruptedException {
        step("uninstall", "the nodes are clean");
    }

    /** The backend's API as the README reaches it. */
    Api api() throws IOException, GeneralSecurityException {
        return new Api(URI.create("https://localhost:8443"), work.resolve("ca.pem"), work.resolve("viewer.token"));
    }

    @Override
    public void close() {
        bash.close();
    }
}
