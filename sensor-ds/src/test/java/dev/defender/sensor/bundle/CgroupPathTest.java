/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupPathTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docker/ID",
                "/system.slice/docker-ID.scope",
                "/system.slice/docker-ID.scope/init",
                "/kubepods/burstable/pod12ab-34/ID",
                "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod1a_2b.slice/cri-containerd-ID.scope",
                "/kubepods.slice/kubepods-pod1a_2b.slice/crio-ID.scope",
                "/kubepods.slice/kubepods-pod1a_2b.slice/crio-ID.scope/container",
                "/system.slice/containerd.service/kubepods-burstable-pod1a.slice:cri-containerd:ID",
                "/machine.slice/libpod-ID.scope/container",
                "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope",
                "/libpod_parent/libpod-ID",
                "/actions_job/ID",
                "/../../docker/ID",
            })
    void findsTheContainer(String form) {
        byte[] path = form.replace("ID", ID).getBytes(StandardCharsets.US_ASCII);
        int at = CgroupPath.containerId(path, 0, path.length);
        assertThat(at).isPositive();
        assertThat(new String(path, at, 64, StandardCharsets.US_ASCII)).isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/user.slice/user-0.slice/session-1.scope",
                "/system.slice/crio-conmon-ID.scope",
                "/machine.slice/libpod-conmon-ID.scope",
                "/docker/IDff",
                "/docker/xID",
                "/kubepods/pod12ab-34",
                "/docker/0123456789abcdef",
            })
    void aProcessOfTheHostHasNone(String form) {
        byte[] path = form.replace("ID", ID).getBytes(StandardCharsets.US_ASCII);
        assertThat(CgroupPath.containerId(path, 0, path.length)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/docker/ID/docker/OTHER", "/kubepods/podx/ID/OTHER"})
    void theInnermostContainerCounts(String form) {
        String other = "f".repeat(64);
        byte[] path = form.replace("ID", ID).replace("OTHER", other).getBytes(StandardCharsets.US_ASCII);
        int at = CgroupPath.containerId(path, 0, path.length);
        assertThat(new String(path, at, 64, StandardCharsets.US_ASCII)).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource({
        "/kubepods/besteffort/pod11111111-2222-3333-4444-555555555555/, 11111111-2222-3333-4444-555555555555",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod11111111_2222_3333_4444_555555555555.slice/crio-,"
                + " 11111111-2222-3333-4444-555555555555",
        "/kubepods/pod0123456789abcdef0123456789abcdef/, 0123456789abcdef0123456789abcdef",
        "/system.slice/podman.service/, ''",
        "/system.slice/containerd.service/kubepods-pod0123456789abcdef0123456789abcdef.slice:cri-containerd:,"
                + " 0123456789abcdef0123456789abcdef",
        "/docker/, ''",
    })
    void aKubeletNamesThePod(String path, String uid) {
        byte[] bytes = path.getBytes(StandardCharsets.US_ASCII);
        assertThat(CgroupPath.podUid(bytes, 0, bytes.length)).isEqualTo(uid);
    }
}
