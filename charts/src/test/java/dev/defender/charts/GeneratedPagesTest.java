/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Pages that repeat what is said elsewhere are written by this test, {@code -Dcontract.accept}, and compared otherwise. */
class GeneratedPagesTest {
    private static final String ACCEPT =
            "write it again with: scripts/mvn.sh -q -pl charts test -Dtest=GeneratedPagesTest -Dcontract.accept";
    private static final Path TEMPLATES = Path.of("src/test/resources");

    @Test
    void theChartsReadmeHasEveryValue() throws IOException {
        String values = Source.read(Source.CHART.resolve("values.yaml"));
        check(
                Source.CHART.resolve("README.md"),
                Source.read(TEMPLATES.resolve("chart-readme.md")).replace("@values@\n", ValuesTable.of(values)));
    }

    @Test
    void everyValueIsExplained() {
        String values = Source.read(Source.CHART.resolve("values.yaml"));
        long explained =
                values.lines().filter(line -> line.strip().startsWith("# -- ")).count();
        assertThat(ValuesTable.of(values).lines().count() - 2).isEqualTo(explained);
        assertThat(values.lines()
                        .filter(line -> line.matches(" *[A-Za-z0-9]+: .*"))
                        .filter(line -> !line.contains("requests:") && !line.contains("limits:"))
                        .count())
                .as("keys with a value, each with a comment")
                .isEqualTo(explained - 2);
    }

    @Test
    void thePageOfTheProfileHasEveryField() throws IOException {
        Objects.Node crd = Objects.parse(Source.read(Source.ROOT.resolve("crds/defenderprofiles.defender.dev.yaml")))
                .nodes()
                .findFirst()
                .orElseThrow();
        check(
                Source.ROOT.resolve("docs/defenderprofile.md"),
                Source.read(TEMPLATES.resolve("profile-page.md"))
                        .replace("@spec@\n", ProfileFields.of(crd, "spec"))
                        .replace("@status@\n", ProfileFields.of(crd, "status")));
    }

    private static void check(Path page, String generated) throws IOException {
        if (System.getProperty("contract.accept") != null) {
            Files.writeString(page, generated);
        }
        assertThat(page).as(ACCEPT).content().isEqualTo(generated);
    }
}
