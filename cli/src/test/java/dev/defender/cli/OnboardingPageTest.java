/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.cli.testbed.Run;
import dev.defender.cli.testbed.TestApiServer;
import dev.defender.cli.testbed.TestBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/onboarding.md, in their order, against the real backend. */
class OnboardingPageTest {
    private static final Pattern COMMAND = Pattern.compile("(?m)^ {4}defenderctl (.*)$");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @Test
    void every_command_does_what_the_page_says(@TempDir Path directory) throws Exception {
        TestBackend backend = TestBackend.get();
        try (TestApiServer api = TestApiServer.start(directory.resolve("pki"))) {
            api.kubeconfig(directory.resolve("prod.yaml"), "token: " + TestApiServer.TOKEN);
            Files.copy(Path.of("src/test/resources/import/aks-show.json"), directory.resolve("aks.json"));
            int commands = 0;
            Matcher command = COMMAND.matcher(Files.readString(Path.of("../docs/onboarding.md")));
            while (command.find()) {
                Run run = Run.of(backend.environment(), words(command.group(1), directory));
                assertThat(run.status())
                        .as(command.group() + "\n" + run.out() + run.err())
                        .isZero();
                commands++;
            }
            assertThat(commands).isGreaterThanOrEqualTo(7);
            assertThat(directory.resolve("onboarding.yaml")).exists();
        }
    }

    /** Words as a shell has them; files are in the directory. */
    private static String[] words(String line, Path directory) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String text = word.group(1) == null ? word.group(2) : word.group(1);
            for (String file : List.of("prod.yaml", "onboarding.yaml", "aks.json")) {
                text = text.endsWith(file)
                        ? text.replace(file, directory.resolve(file).toString())
                        : text;
            }
            words.add(text);
        }
        return words.toArray(String[]::new);
    }

    /** Options and commands in the running text exist. */
    @Test
    void every_command_that_is_mentioned_is_one() throws Exception {
        Matcher mentioned = Pattern.compile("`defenderctl ((?:[a-z]+ ?)+)")
                .matcher(Files.readString(Path.of("../docs/onboarding.md")));
        int count = 0;
        while (mentioned.find()) {
            List<String> words = new ArrayList<>();
            for (String word : mentioned.group(1).strip().split(" ", -1)) {
                if (!word.equals("prod")) {
                    words.add(word);
                }
            }
            words.add("--help");
            Run help = Run.of(Map.of(), words.toArray(String[]::new));
            assertThat(help.status()).as(words.toString()).isZero();
            assertThat(help.out()).contains(String.join(" ", words.subList(0, words.size() - 1)));
            count++;
        }
        assertThat(count).isGreaterThanOrEqualTo(4);
    }
}
