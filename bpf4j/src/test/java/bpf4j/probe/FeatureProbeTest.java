/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class FeatureProbeTest {
    @Test
    void thisHostGetsAFactForEachHookAndAVerdictThatFits() {
        ProbeFacts facts = FeatureProbe.probe();

        assertThat(facts.kernel()).isEqualTo(System.getProperty("os.version"));
        assertThat(facts.libbpf()).startsWith("1.");
        assertThat(facts.hooks()).hasSameSizeAs(Hook.values());
        assertThat(facts.hooks())
                .allSatisfy(
                        fact -> assertThat(fact.usable()).isEqualTo(fact.why().isEmpty()));
        assertThat(FactsText.parse(FactsText.format(facts))).isEqualTo(facts);
        assumeTrue(facts.effective().canTrace() && facts.btf(), "skipped: not root or no BTF: nothing loads here");
        assertThat(Verdict.of(facts).sentence()).isEqualTo("this host can be observed");
        assertThat(facts.usable(Hook.RAW_TP)).isTrue();
        assertThat(facts.usable(Hook.ITER)).isTrue();
    }
}
