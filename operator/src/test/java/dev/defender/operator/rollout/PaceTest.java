/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.operator.rollout.Pace.Standing;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
    private static final IntOrString ALLOWED = new IntOrString("10%");

    @ParameterizedTest(name = "of {1} nodes {2} are updated, {3} work, {4} fail: {5}")
    @CsvSource({
        "true, 50, 50, 50, 0, 1", // at rest, ready for the next change
        "false, 50, 50, 0, 0, 1", // the change has not been taken up yet
        "true, 50, 1, 0, 0, 1", // the canary starts
        "true, 50, 1, 1, 0, 10%", // it works
        "true, 50, 20, 18, 0, 10%",
        "true, 50, 20, 18, 2, 1", // it fails somewhere
        "true, 50, 20, 20, 0, 10%", // and works again
    })
    void oneNodeLeadsAndAFailureHolds(
            boolean observed, int desired, int updated, int working, int failing, String pace) {
        assertThat(Pace.of(new Standing(observed, desired, updated, working, failing), true, ALLOWED)
                        .getValue()
                        .toString())
                .isEqualTo(pace);
    }

    @Test
    void withoutACanaryOnlyAFailureHolds() {
        assertThat(Pace.of(new Standing(true, 50, 50, 50, 0), false, ALLOWED)).isEqualTo(ALLOWED);
        assertThat(Pace.of(new Standing(true, 50, 9, 8, 1), false, ALLOWED)).isEqualTo(new IntOrString(1));
        assertThat(Pace.of(null, true, ALLOWED)).isEqualTo(new IntOrString(1));
    }
}
