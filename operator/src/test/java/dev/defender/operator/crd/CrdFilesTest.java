/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The committed CRD is what the Java types say, and each change of them is additive: objects of older versions stay valid.
 * {@code -Dcontract.accept} writes both files, and refuses to do so for a change that is not additive.
 */
class CrdFilesTest {
    private static final String ACCEPT =
            "scripts/mvn.sh -pl operator -am verify -Dtest=CrdFilesTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dcontract.accept";

    @Test
    void everyChangeIsAdditive() throws IOException {
        if (Files.exists(CrdFile.COMMITTED)) {
            assertThat(SchemaChange.breaking(
                            CrdFile.schema(Files.readString(CrdFile.COMMITTED)), CrdFile.schema(CrdFile.rendered())))
                    .as("profiles in clusters would be refused or lose fields; add a field beside the old one, or a new"
                            + " version of the API")
                    .isEmpty();
        }
    }

    @Test
    void theCommittedFilesAreTheGenerated() throws IOException {
        if (System.getProperty("contract.accept") != null) {
            everyChangeIsAdditive();
            write(CrdFile.COMMITTED);
            write(CrdFile.IN_CHART);
        }
        assertThat(CrdFile.COMMITTED).as("accept with: " + ACCEPT).content().isEqualTo(CrdFile.rendered());
        assertThat(CrdFile.IN_CHART).as("accept with: " + ACCEPT).content().isEqualTo(CrdFile.rendered());
    }

    private static void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, CrdFile.rendered());
    }
}
