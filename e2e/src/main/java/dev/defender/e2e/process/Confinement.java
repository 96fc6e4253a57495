/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.process;

import dev.defender.e2e.cgroup.Cgroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a program runs as and inside what.
 *
 * @param uid user and group id; 0 keeps root
 * @param groups supplementary groups
 * @param capabilities all that it may have, lower-case without the prefix; of root only, others have none
 * @param cgroup limits, or null where groups cannot be written
 * @param bpffs where a bpf file system is mounted for this program alone, or null; it goes when the program goes
 */
public record Confinement(
        int uid,
        List<Integer> groups,
        Set<String> capabilities,
        @Nullable Cgroup cgroup,
        @Nullable Path bpffs) {
    /** The group that the socket directory belongs to. */
    public static final int SOCKET_GROUP = 64100;

    public static final int PUBLISHER_UID = 65532;

    public static final int MISC_UID = 65533;

    /** As whoever started this: for hosts where this user is not root. */
    public static Confinement none(@Nullable Cgroup cgroup) {
        return new Confinement(-1, List.of(), Set.of(), cgroup, null);
    }

    /** Wraps a command so that it joins its group, takes its user and capabilities, and dies with this JVM unless detached. */
    List<String> wrap(List<String> command, boolean detached) {
        List<String> wrapped = new ArrayList<>();
        StringBuilder script = new StringBuilder();
        if (cgroup != null) {
            for (Path procs : cgroup.procsFiles()) {
                script.append("echo $$ > '").append(procs).append("' && ");
            }
        }
        if (bpffs != null) {
            wrapped.addAll(List.of("unshare", "--mount", "--propagation", "private", "--"));
            script.append("mount -t bpf bpf '").append(bpffs).append("' && ");
        }
        wrapped.addAll(List.of("sh", "-c", script + "exec \"$@\"", "sh"));
        wrapped.addAll(detached ? List.of("setsid", "setpriv") : List.of("setpriv", "--pdeathsig", "KILL"));
        if (uid >= 0) {
            wrapped.addAll(List.of("--reuid", Integer.toString(uid), "--regid", Integer.toString(uid)));
            wrapped.addAll(
                    groups.isEmpty()
                            ? List.of("--clear-groups")
                            : List.of(
                                    "--groups",
                                    String.join(
                                            ",",
                                            groups.stream().map(String::valueOf).toList())));
            wrapped.addAll(List.of("--inh-caps", "-all", "--bounding-set", boundingSet(), "--no-new-privs"));
        }
        wrapped.add("--");
        wrapped.addAll(command);
        return wrapped;
    }

    private String boundingSet() {
        StringBuilder set = new StringBuilder("-all");
        capabilities.stream().sorted().forEach(capability -> set.append(",+").append(capability));
        return set.toString();
    }
}
