/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may import whom among the rooms: a table, one row per room. */
class RoomsTest {
    @ParameterizedTest(name = "{0} imports of ours only: {1}")
    @CsvSource({
        "bpf4j, ''",
        "dev.defender.protocol, ''",
        "dev.defender.link, dev.defender.protocol",
        "dev.defender.rules, dev.defender.protocol",
        "dev.defender.sensor, bpf4j dev.defender.protocol dev.defender.link dev.defender.rules",
        "dev.defender.tls, ''",
        "dev.defender.publisher, dev.defender.protocol dev.defender.tls",
        "dev.defender.misc, dev.defender.protocol dev.defender.link dev.defender.tls",
        "dev.defender.backend, dev.defender.protocol dev.defender.rules",
        "dev.defender.cli, dev.defender.protocol",
    })
    void aRoomImportsOnlyWhatItsRowNames(String room, String imports) {
        List<String> allowed = new ArrayList<>(List.of(room + ".."));
        for (String other : imports.isBlank() ? List.<String>of() : List.of(imports.split(" ", -1))) {
            allowed.add(other + "..");
        }
        noClasses()
                .that()
                .resideInAPackage(room + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.defender..", "bpf4j..")
                        .and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
                .check(Production.CLASSES);
    }

    @Test
    void everyRoomOfTheTableHasClasses() {
        assertThat(Production.CLASSES)
                .extracting(type -> type.getPackageName())
                .anyMatch(name -> name.startsWith("bpf4j"))
                .anyMatch(name -> name.startsWith("dev.defender.protocol"))
                .anyMatch(name -> name.startsWith("dev.defender.link"))
                .anyMatch(name -> name.startsWith("dev.defender.tls"))
                .anyMatch(name -> name.startsWith("dev.defender.rules"))
                .anyMatch(name -> name.startsWith("dev.defender.sensor"))
                .anyMatch(name -> name.startsWith("dev.defender.publisher"))
                .anyMatch(name -> name.startsWith("dev.defender.misc"))
                .anyMatch(name -> name.startsWith("dev.defender.backend"))
                .anyMatch(name -> name.startsWith("dev.defender.cli"));
    }

    /** Their memory and their start-up time have no room for it; the wire is written and read by flyweights. */
    @ParameterizedTest
    @CsvSource({
        "dev.defender.sensor",
        "dev.defender.link",
        "dev.defender.publisher",
        "dev.defender.misc",
        "dev.defender.rules",
        "bpf4j"
    })
    void whatRunsOnANodeUsesNoGeneratedProtobufClass(String room) {
        noClasses()
                .that()
                .resideInAPackage(room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.protobuf..", "dev.defender.protocol.v1..")
                .check(Production.CLASSES);
    }
}
