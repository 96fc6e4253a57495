/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.defender", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    /** What shall be is computed from values alone; who reads and writes the cluster is elsewhere. */
    @ArchTest
    static final ArchRule modelIsPure = classes()
            .that()
            .resideInAPackage("dev.defender.operator.model..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "dev.defender.operator.model..",
                    "dev.defender.operator.api..",
                    "dev.defender.operator.config..",
                    "io.fabric8.kubernetes.api..");

    @ArchTest
    static final ArchRule noOtherRoomIsImported = noClasses()
            .that()
            .resideInAPackage("dev.defender.operator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.defender.protocol..", "dev.defender.rules..", "dev.defender.backend..");

    @ArchTest
    static final ArchRule noPackagesFormACycle =
            slices().matching("dev.defender.operator.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noNameSaysNothing = noClasses()
            .should()
            .haveNameMatching(
                    ".*(?i:\\.(util|utils|common|commons|helper|helpers)\\..*|(Util|Utils|Helper|Helpers|Manager)$)");

    private LayersTest() {}
}
