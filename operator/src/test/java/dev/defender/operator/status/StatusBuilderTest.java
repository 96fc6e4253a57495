/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.operator.Profiles;
import dev.defender.operator.api.DefenderProfile;
import dev.defender.operator.api.DefenderProfileStatus;
import dev.defender.operator.api.DefenderProfileStatus.StatusCondition;
import dev.defender.operator.health.NodeHealth;
import dev.defender.operator.health.NodeHealth.Raised;
import dev.defender.operator.model.Blueprint;
import dev.defender.operator.model.Component;
import dev.defender.operator.rollout.Pace.Standing;
import dev.defender.operator.status.Observation.Counts;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusBuilderTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-24T10:00:00Z");

    @Test
    void fiveThousandNodesOfTroubleFitIntoTheStatus() {
        List<Trouble> troubles = new ArrayList<>();
        Map<String, NodeHealth> health = new HashMap<>();
        for (int i = 0; i < 5000; i++) {
            String node = "ip-10-0-%d-%d.eu-central-1.compute.internal".formatted(i / 256, i % 256);
            troubles.add(
                    new Trouble(node, Component.SENSOR, Reason.CRASH_LOOP, "container sensor: " + "x".repeat(3000)));
            health.put(node, new NodeHealth(List.of(new Raised("", "BackendUnreachable", "Connect"))));
        }
        DefenderProfileStatus status =
                StatusBuilder.of(seen(troubles, health, new Standing(true, 5000, 5000, 0, 5000)), null, MONDAY);
        assertThat(Serialization.asJson(status).getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThan(64 * 1024);
        assertThat(status.worstNodes()).hasSize(20);
        assertThat(of(status, "Degraded").message()).startsWith("5000 times, such as on ip-10-0-0-0");
        assertThat(of(status, "Ready")).extracting(StatusCondition::status).isEqualTo("False");
    }

    @Test
    void aConditionKeepsItsTimeUntilItsStatusChanges() {
        DefenderProfileStatus monday = StatusBuilder.of(healthy(), null, MONDAY);
        DefenderProfileStatus tuesday = StatusBuilder.of(healthy(), monday, TUESDAY);
        assertThat(tuesday).isEqualTo(monday);
        assertThat(StatusBuilder.turned(monday, tuesday)).isFalse();

        DefenderProfileStatus broken = StatusBuilder.of(
                seen(
                        List.of(new Trouble("n", Component.SENSOR, Reason.OOM_KILLED, "container sensor")),
                        Map.of(),
                        new Standing(true, 3, 3, 2, 1)),
                tuesday,
                TUESDAY);
        assertThat(of(broken, "Degraded").lastTransitionTime()).isEqualTo(TUESDAY.toString());
        assertThat(of(broken, "Degraded").reason()).isEqualTo("OOMKilled");
        assertThat(StatusBuilder.turned(tuesday, broken)).isTrue();
    }

    @Test
    void oneNodeWithoutABackendDegradesAndAllOfThemAreNotReady() {
        NodeHealth cutOff = new NodeHealth(List.of(new Raised("", "BackendUnreachable", "Connect")));
        NodeHealth fine = new NodeHealth(List.of());
        Standing rest = new Standing(true, 2, 2, 2, 0);
        DefenderProfileStatus one =
                StatusBuilder.of(seen(List.of(), Map.of("a", cutOff, "b", fine), rest), null, MONDAY);
        assertThat(of(one, "Ready").status()).isEqualTo("True");
        assertThat(of(one, "BackendUnreachable").message()).contains("a: publisher: BackendUnreachable (Connect)");
        DefenderProfileStatus all =
                StatusBuilder.of(seen(List.of(), Map.of("a", cutOff, "b", cutOff), rest), null, MONDAY);
        assertThat(of(all, "Ready").reason()).isEqualTo("Unreachable");
    }

    @Test
    void aRevokedNodeIsNamed() {
        NodeHealth revoked = new NodeHealth(List.of(new Raised("", "CredentialsInvalid", "Rejected403")));
        DefenderProfileStatus status = StatusBuilder.of(
                seen(List.of(), Map.of("node-7", revoked), new Standing(true, 1, 1, 1, 0)), null, MONDAY);
        assertThat(of(status, "CredentialsInvalid").reason()).isEqualTo("Rejected");
        assertThat(status.worstNodes())
                .first()
                .satisfies(worst -> assertThat(worst.node()).isEqualTo("node-7"));
    }

    @Test
    void aRolloutThatFailsIsHaltedAndSaysWhere() {
        DefenderProfileStatus status = StatusBuilder.of(
                seen(
                        List.of(new Trouble("n3", Component.SENSOR, Reason.CANNOT_OBSERVE, "container sensor: no BTF")),
                        Map.of(),
                        new Standing(true, 9, 1, 0, 1)),
                null,
                MONDAY);
        assertThat(of(status, "Progressing"))
                .extracting(StatusCondition::reason)
                .isEqualTo("Halted");
        assertThat(of(status, "NodesUnsupported").message()).isEqualTo("n3: container sensor: no BTF");
        assertThat(of(status, "Ready").status()).isEqualTo("False");
    }

    private static StatusCondition of(DefenderProfileStatus status, String type) {
        return status.conditionList().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError(status.toString()));
    }

    private static Observation healthy() {
        return seen(List.of(), Map.of(), new Standing(true, 3, 3, 3, 0));
    }

    private static Observation seen(List<Trouble> troubles, Map<String, NodeHealth> health, Standing standing) {
        DefenderProfile profile = Profiles.profile("default");
        profile.getMetadata().setUid("u");
        int desired = standing.desired();
        return new Observation(
                Blueprint.of(profile, Profiles.CONFIG, "defender-system"),
                1,
                null,
                List.of(),
                null,
                List.of(),
                List.of(
                        new Counts(Component.SENSOR, desired, standing.working(), standing.updated()),
                        new Counts(Component.PUBLISHER, desired, desired, desired)),
                false,
                Map.of(Component.SENSOR, standing),
                troubles,
                health,
                List.of(),
                List.of());
    }
}
