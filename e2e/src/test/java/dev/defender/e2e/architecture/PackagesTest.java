/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages within a room. */
class PackagesTest {
    /** The way of an event through the sensor; a stage knows only those before it. */
    private static final List<String> WAY =
            List.of("bundle", "ring", "decode", "state", "enrich", "encode", "detect", "outbox");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void aStageOfTheSensorKnowsNoLaterOne(int stage) {
        String[] later = WAY.subList(stage + 1, WAY.size()).stream()
                .map(name -> "dev.defender.sensor." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.defender.sensor." + WAY.get(stage) + "..")
                .should(dependOnClassesThat(resideInAnyPackage(later)))
                .check(Production.CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bpf4j.(**)",
                "dev.defender.protocol.(**)",
                "dev.defender.rules.(**)",
                "dev.defender.sensor.(**)",
                "dev.defender.publisher.(**)",
                "dev.defender.misc.(**)",
                "dev.defender.backend.(**)",
                "dev.defender.cli.(**)",
                "dev.defender.e2e.(**)"
            })
    void noPackagesFormACycle(String packages) {
        slices().matching(packages).should().beFreeOfCycles().check(Production.CLASSES);
    }

    @Test
    void noNameSaysNothing() {
        // What the JDK calls a manager may be called so; misc is what the published architecture calls this collector.
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.defender.misc..")
                .and()
                .areNotAssignableTo(TrustManager.class)
                .and()
                .areNotAssignableTo(KeyManager.class)
                .should()
                .haveNameMatching(
                        ".*(?i:\\.(util|utils|common|commons|helper|helpers|misc)\\..*|(Util|Utils|Helper|Helpers|Manager)$)")
                .check(Production.CLASSES);
    }
}
