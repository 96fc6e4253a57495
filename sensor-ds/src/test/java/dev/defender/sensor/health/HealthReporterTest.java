/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.protocol.v1.Health;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.sensor.FixtureSource;
import dev.defender.sensor.PipelineFixture;
import dev.defender.sensor.health.HealthReporter.Condition;
import dev.defender.sensor.health.HealthReporter.Counter;
import dev.defender.sensor.probe.Capability;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthReporterTest {
    private static final long SECOND = 1_000_000_000L;

    private final PipelineFixture sensor = new PipelineFixture(new FixtureSource());
    private long events;
    private long trouble;
    private final HealthReporter reporter = new HealthReporter(
            sensor.outbox(),
            new HealthFacts(
                            "1",
                            "6.1",
                            "x86_64",
                            List.of(new Capability("open", "tp_btf/sys_exit", false, "refused")),
                            "hash",
                            90)
                    .encode(),
            List.of(
                    new Counter("sensor_events_total", false, () -> events),
                    new Counter("sensor_refusals_total", true, () -> trouble)),
            List.of(new Condition("PodContextMissing", "UnknownRuntime", () -> trouble > 1, () -> "of " + trouble)));

    @Test
    void theFirstReportSaysEverything() {
        events = 3;
        reporter.report(SECOND);
        Health health = reports().getFirst();
        assertThat(health.getComponent()).isEqualTo("sensor");
        assertThat(health.getRuleSet()).isEqualTo("hash");
        assertThat(health.getRules()).isEqualTo(90);
        assertThat(health.getCapabilities(0).getReason()).isEqualTo("refused");
        assertThat(health.getTimeBootNs()).isEqualTo(SECOND);
        assertThat(health.getCounters(0).getValue()).isEqualTo(3);
    }

    @Test
    void troubleIsReportedSoonTrafficOnceAMinuteAndSilenceNotAtAll() {
        reporter.report(SECOND);
        reporter.report(200 * SECOND);
        assertThat(reports()).hasSize(1);
        events++;
        reporter.report(230 * SECOND);
        assertThat(reports()).hasSize(2);
        events++;
        reporter.report(250 * SECOND);
        assertThat(reports()).hasSize(2);
        trouble++;
        reporter.report(251 * SECOND);
        assertThat(reports()).hasSize(3);
        trouble++;
        reporter.report(252 * SECOND);
        assertThat(reports()).hasSize(3);
    }

    @Test
    void aConditionIsReportedWhileItHolds() {
        trouble = 2;
        reporter.report(SECOND);
        trouble = 1;
        reporter.report(20 * SECOND);
        assertThat(reports().getFirst().getConditionsList()).singleElement().satisfies(condition -> {
            assertThat(condition.getType()).isEqualTo("PodContextMissing");
            assertThat(condition.getReason()).isEqualTo("UnknownRuntime");
            assertThat(condition.getStatus()).isTrue();
            assertThat(condition.getMessage()).isEqualTo("of 2");
        });
        assertThat(reports().getLast().getConditionsCount()).isZero();
    }

    private List<Health> reports() {
        return sensor.urgent(RecordClasses.HEALTH, Health.parser());
    }
}
