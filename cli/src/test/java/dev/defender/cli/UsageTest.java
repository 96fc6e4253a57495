/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.cli.testbed.Run;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                   | missing required subcommand",
                "nonsense                                             | unmatched argument .*nonsense",
                "cluster add                                          | missing required parameter: 'NAME'",
                "cluster add x --nope=1                               | unknown option: '--nope=1'",
                "cluster add x --valid-hours=soon                     | invalid value for option '--valid-hours'",
                "cluster list                                         | --backend=https://host:port is needed",
                "cluster list --backend=http://x                      | --backend must be https://host:port",
                "cluster list --backend=https://x/path                | --backend must be https://host:port",
                "cluster list --backend=https://x                     | --token-file=FILE is needed",
                "cluster list --backend=https://x --token-file=/none  | no such file",
            })
    void a_wrong_command_line_is_one_sentence(String arguments, String pattern) {
        Run run = Run.of(Map.of(), arguments.isEmpty() ? new String[0] : arguments.split(" +", -1));
        assertThat(run.status()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .containsPattern(pattern)
                .startsWith("defenderctl: ")
                .hasLineCount(1);
    }

    @Test
    void help_and_version_are_answers() {
        Run help = Run.of(Map.of(), "--help");
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("cluster").contains("kubectl-defender");
        assertThat(Run.of(Map.of(), "cluster", "add", "--help").out()).contains("--endpoint=URL", "Example:");
        assertThat(Run.of(Map.of(), "--version").out()).startsWith("defenderctl ");
    }
}
