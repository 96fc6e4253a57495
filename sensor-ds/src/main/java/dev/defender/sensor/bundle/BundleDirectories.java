/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.bundle;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where runtimes keep their bundles.
 *
 * @param hostRun the host's {@code /run}, wherever it is mounted here
 * @param hostSnap the host's {@code /var/snap}
 */
public record BundleDirectories(Path hostRun, Path hostSnap) {
    private static final String TASKS = "containerd/io.containerd.runtime.v2.task";
    private static final String CRIO = "containers/storage/overlay-containers";
    private static final String KUBERNETES = "k8s.io";
    private static final String CONFIG = "config.json";

    /** Namespaces of containerd are a handful; this bounds the look-up of an unknown container. */
    private static final int MOST_NAMESPACES = 32;

    /** Of a host that this process runs on directly. */
    public static BundleDirectories ofThisHost() {
        return new BundleDirectories(Path.of("/run"), Path.of("/var/snap"));
    }

    /**
     * A bundle's file.
     *
     * @param runtime whose it is
     */
    record Bundle(String runtime, Path config) {}

    /** The runtimes whose directories are here now, for a person; empty if there is none. */
    public List<String> present() {
        List<String> found = new ArrayList<>();
        containerdRoots().stream().filter(Files::isDirectory).forEach(root -> found.add("containerd at " + root));
        if (Files.isDirectory(hostRun.resolve(CRIO))) {
            found.add("cri-o at " + hostRun.resolve(CRIO));
        }
        return found;
    }

    /** The container's bundle, or null if no known runtime has one. Some system calls for each directory there is. */
    @Nullable
    Bundle find(String id) {
        for (Path root : containerdRoots()) {
            Path usual = root.resolve(KUBERNETES).resolve(id).resolve(CONFIG);
            if (Files.exists(usual)) {
                return new Bundle("containerd", usual);
            }
        }
        Path crio = hostRun.resolve(CRIO).resolve(id).resolve("userdata").resolve(CONFIG);
        if (Files.exists(crio)) {
            return new Bundle("cri-o", crio);
        }
        for (Path root : containerdRoots()) {
            Bundle other = inOtherNamespace(root, id);
            if (other != null) {
                return other;
            }
        }
        return null;
    }

    private static @Nullable Bundle inOtherNamespace(Path root, String id) {
        int looked = 0;
        try (DirectoryStream<Path> namespaces = Files.newDirectoryStream(root)) {
            for (Path namespace : namespaces) {
                Path config = namespace.resolve(id).resolve(CONFIG);
                if (Files.exists(config)) {
                    boolean docker = namespace.endsWith("moby");
                    return new Bundle(docker ? "docker" : "containerd", config);
                }
                if (++looked == MOST_NAMESPACES) {
                    return null;
                }
            }
        } catch (IOException absent) {
            return null;
        }
        return null;
    }

    /** containerd itself, that of k3s and RKE2, of MicroK8s, and Docker's own. */
    private List<Path> containerdRoots() {
        return List.of(
                hostRun.resolve(TASKS),
                hostRun.resolve("k3s").resolve(TASKS),
                hostSnap.resolve("microk8s/common/run").resolve(TASKS),
                hostRun.resolve("docker/containerd/daemon/io.containerd.runtime.v2.task"));
    }
}
