/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.aks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.cli.testbed.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One input for each shape, written for this test as the tools' references describe it, and the bytes that come of it. With
 * -Dimport.accept the expected files are written anew.
 */
class ImportTest {
    private static final Path INPUTS = Path.of("src/test/resources/import");

    @TempDir
    Path directory;

    private static Run run(String... arguments) {
        return Run.of(Map.of(), arguments);
    }

    private static Run imported(String file, String... options) {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "import";
        arguments[1] = INPUTS.resolve(file).toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        return run(arguments);
    }

    private static void assertGolden(String name, String text) throws IOException {
        Path golden = INPUTS.resolve("expected").resolve(name);
        if (System.getProperty("import.accept") != null) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @CsvSource({
        "arm-resource.json, 0",
        "aks-show.json, 0",
        "powershell.json, 0",
        "legacy.json, 0",
        "both.json, 0",
        "disabled.json, 0",
        "unknown.json, 0",
        "list-array.json, 0",
        "list-page.json, 4",
        "graph.json, 0",
        "graph-page.json, 4",
        "security-profile.json, 0",
        "defender.json, 0",
        "defender-config.json, 0",
        "azure-defender.json, 0",
        "terraform-state.json, 0",
        "terraform-plan.json, 4",
        "terraform-v4.tfstate, 0",
        "arc.json, 0",
    })
    void every_shape_gives_the_same_bytes_each_time(String file, int status) throws IOException {
        Run run = imported(file);
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertGolden(file + ".expected", run.out());
        assertThat(imported(file).out()).isEqualTo(run.out());
    }

    /** However a cluster is told, the profile says the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "powershell.json",
                "legacy.json",
                "graph.json",
                "list-page.json",
                "security-profile.json",
                "defender.json",
                "defender-config.json",
                "azure-defender.json",
                "terraform-v4.tfstate",
                "arc.json"
            })
    void all_shapes_of_the_same_settings_have_the_same_spec(String file) {
        assertThat(spec(imported(file).out()))
                .isEqualTo(spec(imported("aks-show.json").out()));
    }

    private static String spec(String yaml) {
        return yaml.substring(yaml.indexOf("\nspec:"));
    }

    @Test
    void templates_are_resolved_as_far_as_values_are_known() throws IOException {
        Run whole = imported("arm-template.json", "--parameters=" + INPUTS.resolve("arm-parameters.json"));
        assertThat(whole.status()).as(whole.err()).isZero();
        assertGolden("arm-template.json.expected", whole.out());
        Run part = imported("arm-template.json");
        assertThat(part.status()).isEqualTo(4);
        assertThat(part.err()).contains("the value of [parameters('enabled')] is not known");
        assertThat(part.out()).contains("kind: \"DefenderProfile\"").doesNotContain("---");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-workspace.json   | 2 | security monitoring is on without a logAnalyticsWorkspaceResourceId",
                "duplicate-key.json  | 2 | Duplicate field 'defender', at line 1",
                "deep.json           | 2 | beyond what is read here \\(100 levels, 64 MB\\)",
                "cluster.bicep       | 2 | is Bicep; import what `az bicep build",
                "main.tf.txt         | 2 | is HCL; import what `terraform show -json` prints",
                "show.yaml.txt       | 2 | cannot be read as JSON",
                "arm-parameters.json | 2 | is of no shape that is known here",
                "missing.json        | 2 | there is no such file",
                "eks.json            | 3 | the EKS cluster web has no Defender settings",
                "plan.json           | 3 | the Defender plan Containers is of a subscription",
                "gke.json            | 3 | the GKE cluster web has no Defender settings",
            })
    void what_cannot_be_imported_says_why(String file, int status, String pattern) {
        Run run = imported(file);
        assertThat(run.status()).as(run.err()).isEqualTo(status);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).containsPattern(pattern).doesNotContain("Exception", "\tat ");
    }

    @Test
    void members_that_nobody_knows_are_told_and_kept_or_refused() {
        Run kept = imported("unknown.json");
        assertThat(kept.err())
                .contains("defender.securityMonitoring.depth", "defender.antiMalware", "securityProfile.shield");
        assertThat(kept.out()).contains("antiMalware:", "depth: 3");
        Run refused = imported("unknown.json", "--strict");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(imported("aks-show.json", "--strict").status()).isZero();
    }

    @Test
    void the_newer_of_two_settings_wins_and_a_difference_is_told() throws IOException {
        Run both = imported("both.json");
        assertThat(both.err()).contains("differ; defender, the newer one, is taken");
        assertThat(both.out()).contains("enabled: false");
        String agreeing = Files.readString(INPUTS.resolve("both.json"))
                .replace("\"enabled\": true", "\"enabled\": false")
                .replaceFirst(
                        "\"logAnalyticsWorkspaceResourceId\": \"[^\"]*\"", "\"logAnalyticsWorkspaceResourceId\": \"\"");
        Run same = run(
                "import",
                Files.writeString(directory.resolve("same.json"), agreeing).toString());
        assertThat(same.status()).as(same.err()).isZero();
        assertThat(same.err()).isEmpty();
    }

    @Test
    void of_several_clusters_one_is_chosen_or_each_gets_a_file() throws IOException {
        Run all = imported("list-array.json");
        assertThat(all.out().lines().filter(line -> line.matches(" {2}name: \"aks-[0-9a-f]{12}\"")))
                .hasSize(2);
        assertThat(all.err()).contains("managedClusters/bare has no Defender settings");
        Run one = imported("list-array.json", "--select=test");
        assertThat(one.out()).contains("name: \"default\"", "enabled: false").doesNotContain("---");
        assertThat(imported("list-array.json", "--select=none").status()).isEqualTo(3);
        Run files = imported("list-array.json", "--directory=" + directory.resolve("out"));
        assertThat(files.out()).isEmpty();
        try (var written = Files.list(directory.resolve("out"))) {
            assertThat(written.toList())
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(Files.readString(file)).contains("name: \"default\""));
        }
    }

    @Test
    void a_thousand_clusters_are_one_input() throws IOException {
        String cluster = Files.readString(INPUTS.resolve("aks-show.json"));
        StringBuilder list = new StringBuilder("[");
        for (int i = 0; i < 1000; i++) {
            list.append(i == 0 ? "" : ",").append(cluster.replace("managedClusters/prod", "managedClusters/c" + i));
        }
        Path file = Files.writeString(directory.resolve("many.json"), list.append("]"), StandardCharsets.UTF_8);
        Run run = run("import", file.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out().split("---\n", -1)).hasSize(1000).doesNotHaveDuplicates();
    }
}
