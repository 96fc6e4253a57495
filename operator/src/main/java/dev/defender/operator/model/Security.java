/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

/** Who the processes are and what they may. */
final class Security {
    static final long ROOT = 0;
    static final long PUBLISHER_USER = 65532;
    static final long MISC_USER = 65533;
    /** Group of the sockets: the publisher's own, and supplementary to those who connect. */
    static final long SOCKET_GROUP = 64100;

    /** SELinux type that may use host paths; without SELinux it means nothing. */
    private static final String HOST_PATHS = "spc_t";

    private Security() {}

    /**
     * Of a pod that uses host paths. RuntimeDefault holds for the sensor too: the profiles of containerd and CRI-O allow
     * bpf(2) and perf_event_open(2) to whoever has SYS_ADMIN, and the ptrace family to whoever has SYS_PTRACE.
     */
    static PodSecurityContext pod(long user, long group, boolean connects) {
        PodSecurityContextBuilder builder = new PodSecurityContextBuilder()
                .withRunAsUser(user)
                .withRunAsGroup(group)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .withNewSeLinuxOptions()
                .withType(HOST_PATHS)
                .endSeLinuxOptions();
        if (user != ROOT) {
            builder.withRunAsNonRoot(true);
        }
        if (connects) {
            builder.withSupplementalGroups(SOCKET_GROUP);
        }
        return builder.build();
    }

    /** Of a container without any right; every other one is made from it. */
    static SecurityContextBuilder nothing() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withPrivileged(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities();
    }

    /** Root with only these capabilities. */
    static SecurityContextBuilder root(String... capabilities) {
        return nothing()
                .withRunAsUser(ROOT)
                .withRunAsGroup(ROOT)
                .withRunAsNonRoot(false)
                .editCapabilities()
                .withAdd(capabilities)
                .endCapabilities();
    }

    /** The sensor's. AppArmor's default profile denies the reads by ptrace that /proc of other processes needs. */
    static SecurityContext sensor() {
        return root("SYS_ADMIN", "SYS_PTRACE", "SYS_RESOURCE")
                .withNewAppArmorProfile()
                .withType("Unconfined")
                .endAppArmorProfile()
                .build();
    }
}
