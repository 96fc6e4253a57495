/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleFilesTest {
    private static final String RULE = "- {rule: r, desc: d, condition: proc.name = sh, output: o, priority: INFO}\n";

    @TempDir
    private Path directory;

    @Test
    void aDirectoryWithoutRulesIsRefusedByName() {
        assertThatThrownBy(() -> load(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining(".yaml");
    }

    @Test
    void whatIsBelowAHiddenDirectoryIsReadOnlyWhenThatIsWhereRulesAre() throws Exception {
        Path hidden = Files.createDirectories(directory.resolve(".config/rules"));
        Files.writeString(hidden.resolve("a.yaml"), RULE);
        assertThat(load(hidden).rules()).hasSize(1);
        assertThatThrownBy(() -> load(directory)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatIsNoTextIsRefusedByName() throws Exception {
        Path file = Files.write(directory.resolve("latin.yaml"), new byte[] {'#', (byte) 0xE4, '\n'});
        assertThatThrownBy(() -> load(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("UTF-8");
    }

    private static RuleSet load(Path path) throws Exception {
        return RuleSet.load(List.of(path), Matching.ALL);
    }
}
