/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.model;

import dev.defender.operator.api.Names;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;

/** Volumes and their mounts. Types of host paths are stated, so that a missing one is an error of the pod with its name. */
final class Volumes {
    static final String PUBLISHER_SOCKETS = "/run/defender/publisher";
    static final String MISC_SOCKETS = "/run/defender/misc";
    static final String PUBLISHER_STATE = "/var/lib/defender/publisher";
    static final String SENSOR_STATE = "/var/lib/defender/sensor";
    static final String BPFFS = "/sys/fs/bpf";
    static final String ONBOARDING = "/etc/defender/onboarding";
    static final String TOKEN_DIRECTORY = "/var/run/secrets/defender";

    private static final long TOKEN_SECONDS = 3600;
    private static final int GROUP_READABLE = 0440;

    private Volumes() {}

    /** A directory of the host that was there before us. */
    static Volume host(String name, String path, String type) {
        return new VolumeBuilder()
                .withName(name)
                .withNewHostPath()
                .withPath(path)
                .withType(type)
                .endHostPath()
                .build();
    }

    /** A directory of ours: the kubelet may make it, node-directories gives it its owner and mode. */
    static Volume own(String name, String path) {
        return host(name, path, "DirectoryOrCreate");
    }

    static Volume onboarding(String secret) {
        return new VolumeBuilder()
                .withName("onboarding")
                .withNewSecret()
                .withSecretName(secret)
                .withDefaultMode(GROUP_READABLE)
                .endSecret()
                .build();
    }

    /** A token for the backend only, bound to pod and node; the kubelet renews it in place. */
    static Volume nodeToken() {
        return new VolumeBuilder()
                .withName("node-token")
                .withNewProjected()
                .withDefaultMode(GROUP_READABLE)
                .addNewSource()
                .withNewServiceAccountToken()
                .withAudience(Names.TOKEN_AUDIENCE)
                .withExpirationSeconds(TOKEN_SECONDS)
                .withPath("token")
                .endServiceAccountToken()
                .endSource()
                .endProjected()
                .build();
    }

    static Volume scratch() {
        return new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .withNewSizeLimit("16Mi")
                .endEmptyDir()
                .build();
    }

    static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    static VolumeMount readOnly(String volume, String path) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }

    /** Follows what the host mounts and, more to the point, unmounts below it: a copy would hold dead containers' mounts. */
    static VolumeMount following(String volume, String path) {
        return new VolumeMountBuilder(readOnly(volume, path))
                .withMountPropagation("HostToContainer")
                .build();
    }
}
