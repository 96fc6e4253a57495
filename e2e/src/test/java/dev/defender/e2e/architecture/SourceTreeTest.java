/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceTreeTest {
    private static final String[] OWN = {
        ".java", ".proto", ".c", ".h", ".sh", ".xml", ".yaml", ".yml", ".sql", ".options", ".properties", "Makefile"
    };

    @Test
    void everyFileNamesItsLicence() {
        List<Path> own = SourceTree.filesEndingWith(OWN);
        assertThat(own).hasSizeGreaterThan(50);
        assertThat(own)
                .filteredOn(file -> !head(file).contains("SPDX-License-Identifier: "))
                .isEmpty();
    }

    /** Helpers that the kernel keeps for GPL programs want the choice. */
    @Test
    void whatRunsInTheKernelMayBeTakenUnderTheGpl() {
        List<Path> kernel = SourceTree.filesEndingWith(".c", ".h").stream()
                .filter(file -> file.toString().contains("src/main/bpf"))
                .toList();
        assertThat(kernel)
                .isNotEmpty()
                .filteredOn(file -> !head(file).contains("GPL-2.0"))
                .isEmpty();
    }

    @Test
    void everyLicenceThatAFileNamesHasItsTextHere() {
        List<String> names = SourceTree.filesEndingWith(OWN).stream()
                .flatMap(file -> SourceTree.lines(file).stream().limit(5))
                .filter(line -> line.contains("SPDX-License-Identifier: "))
                .map(line ->
                        line.replaceFirst(".*SPDX-License-Identifier: ", "").replaceFirst("(\\*/|-->).*", ""))
                .flatMap(expression ->
                        List.of(expression.replaceAll("[()]", "").strip().split(" (OR|AND) ", -1)).stream())
                .map(String::strip)
                .distinct()
                .toList();
        assertThat(names)
                .contains("Apache-2.0")
                .allSatisfy(
                        name -> assertThat(SourceTree.ROOT.resolve("LICENSES").resolve(name + ".txt"))
                                .exists());
    }

    @Test
    void aClassHasOneJob() {
        assertThat(SourceTree.filesEndingWith(".java"))
                .filteredOn(file -> file.toString().contains("/src/main/"))
                .filteredOn(file -> SourceTree.lines(file).size() > 300)
                .isEmpty();
    }

    private static String head(Path file) {
        return String.join("\n", SourceTree.lines(file).stream().limit(5).toList());
    }
}
