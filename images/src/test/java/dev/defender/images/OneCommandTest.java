/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the backend's image has for /bin/sh, here with {@code echo} for the one program that it runs. */
class OneCommandTest {
    @TempDir
    static Path built;

    @BeforeAll
    static void compile() throws Exception {
        Path source = built.resolve("onecommand.c");
        Files.writeString(
                source,
                Files.readString(Path.of("src/main/c/onecommand.c"))
                        .replace("/opt/postgres/bin/postgres", "/bin/echo"));
        Commands.run(List.of("gcc", "-Wall", "-Wextra", "-Werror", "-o", sh(), source.toString()));
    }

    @Test
    void runsItsProgramWithQuotedWords() throws Exception {
        assertThat(Commands.run(List.of(sh(), "-c", "\"/bin/echo\" --check 'a  b' \"c d\"e  -X 1048576")))
                .isEqualTo("--check a  b c de -X 1048576\n");
        assertThat(Commands.run(List.of(sh(), "-c", "--", "/bin/echo x"))).isEqualTo("x\n");
    }

    @Test
    void redirects() throws Exception {
        Path out = built.resolve("out file");
        assertThat(Commands.run(List.of(sh(), "-c", "/bin/echo x < \"/dev/null\" > \"" + out + "\" 2>&1")))
                .isEmpty();
        assertThat(out).hasContent("x");
        assertThat(Commands.run(List.of(sh(), "-c", "/bin/echo --single template1 >/dev/null")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bin/ls",
                "locale -a",
                "/bin/echo $HOME",
                "/bin/echo \"$HOME\"",
                "/bin/echo `id`",
                "/bin/echo a; /bin/ls",
                "/bin/echo a | /bin/ls",
                "/bin/echo a & /bin/ls",
                "/bin/echo a && /bin/ls",
                "/bin/echo a\n/bin/ls",
                "/bin/echo *",
                "/bin/echo 'a",
                "/bin/echo >",
                "X=1 /bin/echo",
                "",
            })
    void refusesEverythingElse(String command) throws Exception {
        Commands.Result result = Commands.attempt(List.of(sh(), "-c", command));
        assertThat(result.status()).isIn(126, 127);
        assertThat(result.output()).startsWith("sh: ");
    }

    @Test
    void isNoInteractiveShell() throws Exception {
        assertThat(Commands.attempt(List.of(sh())).status()).isEqualTo(126);
        assertThat(Commands.attempt(List.of(sh(), "-i")).status()).isEqualTo(126);
    }

    private static String sh() {
        return built.resolve("sh").toString();
    }
}
