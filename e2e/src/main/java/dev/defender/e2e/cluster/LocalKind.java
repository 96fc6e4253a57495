/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How images and commands reach the node of a cluster on this machine, which is told by the name of its context. */
sealed interface LocalKind {
    /** A command line that imports the archive. */
    List<String> load(Path archive);

    /** A command line that runs on the node what is appended to it. */
    List<String> enter();

    static LocalKind of(String context, Path kubeconfig) throws IOException {
        if (context.startsWith("kind-")) {
            return new Kind(context.substring("kind-".length()));
        }
        if (context.startsWith("k3d-")) {
            return new K3d(context.substring("k3d-".length()));
        }
        if (context.equals("minikube")) {
            return new Minikube();
        }
        if (context.equals("testbed")) {
            return new RunningTestbed(
                    Launcher.path().toString(),
                    String.valueOf(kubeconfig.toAbsolutePath().getParent()));
        }
        throw new UnsupportedOperationException("no way is known to the nodes of " + context
                + " (only of kind, k3d, minikube and the testbed): push the images to a"
                + " registry that it reaches, with make push REGISTRY=…");
    }

    record Kind(String name) implements LocalKind {
        @Override
        public List<String> load(Path archive) {
            return List.of("kind", "load", "image-archive", archive.toString(), "--name", name);
        }

        @Override
        public List<String> enter() {
            return List.of("docker", "exec", name + "-control-plane");
        }
    }

    record K3d(String name) implements LocalKind {
        @Override
        public List<String> load(Path archive) {
            return List.of("k3d", "image", "import", archive.toString(), "--cluster", name);
        }

        @Override
        public List<String> enter() {
            return List.of("docker", "exec", "k3d-" + name + "-server-0");
        }
    }

    record Minikube() implements LocalKind {
        @Override
        public List<String> load(Path archive) {
            return List.of("minikube", "image", "load", archive.toString());
        }

        @Override
        public List<String> enter() {
            return List.of("minikube", "ssh", "--");
        }
    }

    /** One that was started before. */
    record RunningTestbed(String launcher, String state) implements LocalKind {
        @Override
        public List<String> load(Path archive) {
            return List.of(launcher, "load", "--state", state, archive.toString());
        }

        @Override
        public List<String> enter() {
            return List.of(launcher, "node-exec", "--state", state, "--");
        }
    }
}
