/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.sensor.bundle.BundleDirectories;
import dev.defender.sensor.probe.Capability;
import java.util.List;

/** Whether this host lets the sensor say whose a container is. */
final class PodContext {
    private PodContext() {}

    /** Not active where no runtime that is known keeps its files: on a host without containers nothing is amiss. */
    static Capability capability(BundleDirectories directories) {
        List<String> runtimes = directories.present();
        String reason = runtimes.isEmpty()
                ? "no files of containerd or CRI-O below " + directories.hostRun() + " and " + directories.hostSnap()
                : "";
        return new Capability(
                "pod of a container",
                runtimes.isEmpty() ? "OCI bundles" : String.join(", ", runtimes),
                runtimes.size() > 0,
                reason);
    }
}
