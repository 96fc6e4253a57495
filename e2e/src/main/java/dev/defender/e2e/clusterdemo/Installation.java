/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import dev.defender.e2e.cluster.Cluster;
import dev.defender.e2e.cluster.Testbed;
import dev.defender.e2e.scenario.Screen;
import dev.defender.e2e.stack.Api;
import java.io.IOException;
import java.net.Socket;
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

    private static final String NEXT_TAG = "next";

    /** As the README's commands have it. */
    private static final int BACKEND_PORT = 8443;

    private static final Duration STEP = Duration.ofMinutes(9);
    private static final Duration FORWARD = Duration.ofSeconds(20);
    private static final long PAUSE_MILLIS = 100;

    private final Path work;
    private final Screen screen;
    private final Cluster cluster;
    private final List<Path> archives;
    private final ReadmeCommands readme;
    private final Bash bash;
    private final AttackPod pod;
    private boolean installed;

    private Installation(
            Path work,
            Screen screen,
            Cluster cluster,
            List<Path> archives,
            ReadmeCommands readme,
            Bash bash,
            AttackPod pod) {
        this.work = work;
        this.screen = screen;
        this.cluster = cluster;
        this.archives = archives;
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
        List<Path> all = new ArrayList<>(archives);
        all.add(actions);
        cluster.load(all);
        screen.stage("images     " + all.size() + " loaded");

        Path programs = Files.createDirectories(work.resolve("bin"));
        cluster.tools().install(programs);
        Files.createSymbolicLink(programs.resolve("defenderctl"), tree.resolve("scripts/defenderctl"));
        Bash bash = new Bash(work, work.resolve("commands.log"), List.of(programs));
        bash.set("KUBECONFIG", cluster.kubeconfig().toString());
        bash.set("REGISTRY", REGISTRY);
        bash.set("CHART", tree.resolve("charts/defender-for-containers").toString());
        return new Installation(
                work,
                screen,
                cluster,
                List.copyOf(archives),
                new ReadmeCommands(tree.resolve("README.md")),
                bash,
                new AttackPod(bash, image));
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
        installed = true;
        step("install", "operator and backend run");
    }

    void onboard() throws IOException, InterruptedException {
        forward();
        step("onboard", "the cluster has its bundle");
    }

    /** @return seconds until the profile is Ready */
    double profile() throws IOException, InterruptedException {
        return step("profile", "sensor and publisher are ready on every node");
    }

    /** To a second build, so that every program is replaced by another while its data stays. */
    void upgrade() throws IOException, InterruptedException {
        cluster.load(NextImages.write(archives, REGISTRY, NEXT_TAG, work.resolve("next")));
        bash.set("TAG", NEXT_TAG);
        step("upgrade", "operator, backend and components are of the next build");
        // The way to the backend ended with its pod.
        bash.stopBackground();
        forward();
    }

    private void forward() throws IOException, InterruptedException {
        bash.startInBackground(readme.block("forward"));
        for (long end = System.nanoTime() + FORWARD.toNanos(); ; ) {
            try (Socket socket = new Socket("localhost", BACKEND_PORT)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw new IOException("the README's \"forward\" does not listen on port " + BACKEND_PORT, e);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    void uninstall() throws IOException, InterruptedException {
        step("uninstall", "the nodes are clean");
        installed = false;
    }

    /** The backend's API as the README reaches it. */
    Api api() throws IOException, GeneralSecurityException {
        return new Api(
                URI.create("https://localhost:" + BACKEND_PORT), work.resolve("ca.pem"), work.resolve("viewer.token"));
    }

    /** A cluster that goes with the demo needs no uninstall; one that was given gets it, whatever went wrong. */
    @Override
    public void close() throws InterruptedException {
        if (installed && !(cluster instanceof Testbed)) {
            try {
                pod.remove();
                uninstall();
            } catch (IOException e) {
                screen.line("could not remove what was installed: " + e.getMessage());
            }
        }
        bash.close();
    }
}
