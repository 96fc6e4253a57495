/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.keep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ClusterRoleTest {
    private static final Path ROLE = Path.of("../charts/defender-for-containers/files/rbac/collector-misc.yaml");
    private static final Pattern RULE = Pattern.compile(
            "- apiGroups: \\[\"?([\\w.]*)\"?\\]\\s+resources:((?:\\s*\\[[^\\]]*\\])|(?:\\s+- \\w+)+)\\s+verbs: \\[([^\\]]*)\\]");

    @Test
    void theRoleAllowsWhatIsListedAndWatchedAndNothingElse() throws IOException {
        TreeSet<String> allowed = new TreeSet<>();
        Matcher rules = RULE.matcher(Files.readString(ROLE));
        while (rules.find()) {
            assertThat(rules.group(3)).isEqualTo("list, watch");
            for (String resource :
                    rules.group(2).replaceAll("[\\[\\],-]", " ").strip().split("\\s+", -1)) {
                allowed.add(rules.group(1).isEmpty() ? resource : resource + "." + rules.group(1));
            }
        }
        List<String> wanted =
                Catalogue.load().resources().stream().map(Resource::id).sorted().toList();
        assertThat(allowed).containsExactlyElementsOf(wanted);
        assertThat(allowed).doesNotContain("secrets", "configmaps");
    }

    @Test
    void eventsAreListedLast() throws IOException {
        List<Resource> resources = Catalogue.load().resources();
        assertThat(resources.getLast().events()).isTrue();
        assertThat(resources.subList(0, resources.size() - 1)).noneMatch(Resource::events);
        assertThat(Catalogue.load().matters("FailedCreate")).isTrue();
        assertThat(Catalogue.load().matters("Scheduled")).isFalse();
    }
}
