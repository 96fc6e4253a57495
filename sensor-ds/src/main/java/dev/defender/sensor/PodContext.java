/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.sensor.bundle.BundleDirectories;
import dev.defender.sensor.bundle.NodeContainers;
import dev.defender.sensor.cri.CriQuestions;
import dev.defender.sensor.probe.Capability;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where this sensor learns whose a container is, by its options. */
final class PodContext {
    private PodContext() {}

    static NodeContainers containers(Options options) {
        NodeContainers containers = new NodeContainers(directories(options));
        @Nullable Path socket = options.criSocket();
        if (socket != null) {
            CriQuestions.about(containers, socket);
        }
        return containers;
    }

    /** Not active where no runtime that is known keeps its files: on a host without containers nothing is amiss. */
    static Capability capability(Options options) {
        List<String> runtimes = directories(options).present();
        boolean some = !runtimes.isEmpty();
        return new Capability(
                "pod of a container",
                some ? String.join(", ", runtimes) : "OCI bundles",
                some,
                some
                        ? ""
                        : "no files of containerd or CRI-O below " + options.hostRun() + " and " + options.hostSnap());
    }

    private static BundleDirectories directories(Options options) {
        return new BundleDirectories(options.hostRun(), options.hostSnap());
    }
}
