/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.cleanup;

import dev.defender.operator.model.CleanupDaemonSet;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the drains of all nodes have said at their end.
 *
 * @param nodes that have said something
 * @param shipped records that the backend took
 * @param abandoned records that went with the spools
 */
record DrainReport(int nodes, long shipped, long abandoned) {
    private static final Pattern SAID = Pattern.compile("drained shipped=(\\d+) abandoned=(\\d+)");

    static DrainReport of(List<Pod> pods) {
        int nodes = 0;
        long shipped = 0;
        long abandoned = 0;
        for (Pod pod : pods) {
            Matcher said = SAID.matcher(message(pod));
            if (said.find()) {
                nodes++;
                shipped += Long.parseLong(said.group(1));
                abandoned += Long.parseLong(said.group(2));
            }
        }
        return new DrainReport(nodes, shipped, abandoned);
    }

    private static String message(Pod pod) {
        if (pod.getStatus() == null) {
            return "";
        }
        for (ContainerStatus status : pod.getStatus().getInitContainerStatuses()) {
            if (status.getName().equals(CleanupDaemonSet.DRAIN)
                    && status.getState() != null
                    && status.getState().getTerminated() != null
                    && status.getState().getTerminated().getMessage() != null) {
                return status.getState().getTerminated().getMessage();
            }
        }
        return "";
    }
}
