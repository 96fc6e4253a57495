/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The tables of docs/operator.md are made from the code; {@code -Dcontract.accept} writes them. */
class OperatorPageTest {
    private static final Path PAGE = Path.of("../docs/operator.md");

    @Test
    void everyConditionAndReasonIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        String now = section(section(page, "conditions", conditions()), "reasons", reasons());
        if (System.getProperty("contract.accept") != null) {
            Files.writeString(PAGE, now);
        }
        assertThat(PAGE)
                .as("scripts/mvn.sh -pl operator test -Dtest=OperatorPageTest -Dcontract.accept")
                .content()
                .isEqualTo(now);
    }

    private static String conditions() {
        return Arrays.stream(ConditionType.values())
                .map(type -> "| `" + type.text() + "` | " + type.meaning() + " |\n")
                .collect(Collectors.joining("", "| Condition | True means |\n|---|---|\n", ""));
    }

    private static String reasons() {
        return Arrays.stream(Reason.values())
                .map(reason -> "| `" + reason.text() + "` | " + reason.meaning() + " | " + reason.remedy() + " |\n")
                .collect(Collectors.joining("", "| Reason | Means | What to do |\n|---|---|---|\n", ""));
    }

    private static String section(String page, String name, String table) {
        Pattern section = Pattern.compile("(<!-- " + name + ": [^>]*-->\n).*?(<!-- end -->)", Pattern.DOTALL);
        Matcher found = section.matcher(page);
        assertThat(found.find()).as("the page has no section " + name).isTrue();
        return found.replaceFirst("$1" + Matcher.quoteReplacement(table) + "$2");
    }
}
