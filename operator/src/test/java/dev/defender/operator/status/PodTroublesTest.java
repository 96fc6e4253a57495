/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.operator.model.Component;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodTroublesTest {
    @ParameterizedTest(name = "{0} {1} exit {2}: {3}")
    @CsvSource(
            nullValues = "-",
            value = {
                "CrashLoopBackOff, Error, 1, CrashLoopBackOff",
                "CrashLoopBackOff, Error, 3, CannotObserve",
                "CrashLoopBackOff, OOMKilled, 137, OOMKilled",
                "ImagePullBackOff, -, 0, ImagePullBackOff",
                "ErrImagePull, -, 0, ImagePullBackOff",
                "CreateContainerConfigError, -, 0, CreateContainerConfigError",
                "CreateContainerError, -, 0, CreateContainerError",
            })
    void readsWhyAContainerDoesNotRun(String waiting, String ended, int exit, String reason) {
        String last = ended == null
                ? ""
                : ", lastState: {terminated: {reason: %s, exitCode: %d, message: its last words}}"
                        .formatted(ended, exit);
        Trouble trouble = PodTroubles.of(Component.SENSOR, pod("""
                {phase: Pending, containerStatuses: [{name: sensor, state: {waiting: {reason: %s, message: what the kubelet says}}%s}]}
                """.formatted(waiting, last)))
                .orElseThrow();
        assertThat(trouble.reason().text()).isEqualTo(reason);
        assertThat(trouble.node()).isEqualTo("node-1");
        assertThat(trouble.message()).endsWith(ended == null ? ": what the kubelet says" : ": its last words");
    }

    @Test
    void aFailingFirstStepCounts() {
        Trouble trouble = PodTroubles.of(Component.PUBLISHER, pod("""
                {initContainerStatuses: [{name: node-directories, state: {waiting: {reason: CrashLoopBackOff}},
                  lastState: {terminated: {exitCode: 1, message: "nodedirs: cannot make /run/defender: Read-only file system"}}}],
                 containerStatuses: [{name: publisher, state: {waiting: {reason: PodInitializing}}}]}
                """)).orElseThrow();
        assertThat(trouble.message()).contains("container node-directories (exit status 1)", "Read-only file system");
    }

    @Test
    void aPodWithoutAPlaceOrThrownOutSaysSo() {
        assertThat(PodTroubles.of(Component.SENSOR, pod("""
                {phase: Pending, conditions: [{type: PodScheduled, status: "False", reason: Unschedulable,
                  message: "0/3 nodes are available: 1 Insufficient memory"}]}"""))).hasValueSatisfying(trouble -> {
            assertThat(trouble.reason()).isEqualTo(Reason.UNSCHEDULABLE);
            assertThat(trouble.message()).contains("Insufficient memory");
        });
        assertThat(PodTroubles.of(Component.SENSOR, pod("{phase: Failed, reason: Evicted, message: low on memory}")))
                .hasValueSatisfying(trouble -> assertThat(trouble.reason()).isEqualTo(Reason.EVICTED));
    }

    @Test
    void aPodThatStartsOrWorksIsNoTrouble() {
        assertThat(PodTroubles.of(Component.SENSOR, pod("""
                {phase: Pending, containerStatuses: [{name: sensor, state: {waiting: {reason: ContainerCreating}}}]}"""))).isEmpty();
        assertThat(PodTroubles.of(Component.SENSOR, pod("""
                {phase: Running, containerStatuses: [{name: sensor, state: {running: {}},
                  lastState: {terminated: {exitCode: 1}}}]}"""))).isEmpty();
    }

    private static Pod pod(String status) {
        return Serialization.unmarshal(
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {nodeName: node-1}\nstatus: "
                        + status.replace('\n', ' '),
                Pod.class);
    }
}
