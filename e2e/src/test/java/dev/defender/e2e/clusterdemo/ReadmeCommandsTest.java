/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeCommandsTest {
    @TempDir
    Path directory;

    @Test
    void givesTheBlocksThatHaveAName() throws IOException {
        ReadmeCommands commands = read("""
                text
                ```sh install
                helm install \\
                  x
                ```
                ```sh
                not named
                ```
                ```yaml
                install: no
                ```
                ```sh remove
                helm uninstall x
                ```
                """);
        assertThat(commands.block("install")).isEqualTo("helm install \\\n  x\n");
        assertThat(commands.block("remove")).isEqualTo("helm uninstall x\n");
    }

    @Test
    void saysWhichBlocksThereAreWhenOneIsMissing() throws IOException {
        ReadmeCommands commands = read("```sh install\nx\n```\n");
        assertThatThrownBy(() -> commands.block("verify"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("verify")
                .hasMessageContaining("[install]");
    }

    @Test
    void refusesTwoBlocksOfOneNameAndOneWithoutEnd() {
        assertThatThrownBy(() -> read("```sh a\n```\n```sh a\n```\n")).hasMessageContaining(":4: a second block");
        assertThatThrownBy(() -> read("```sh a\nx\n")).hasMessageContaining("has no end");
    }

    private ReadmeCommands read(String text) throws IOException {
        return new ReadmeCommands(Files.writeString(directory.resolve("README.md"), text));
    }
}
