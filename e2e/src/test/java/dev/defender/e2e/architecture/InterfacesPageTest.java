/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page says which metrics there are; dashboards are built on it. */
class InterfacesPageTest {
    private static final Pattern ON_PAGE = Pattern.compile("^\\| `(defender_\\w+)` \\|");
    private static final Pattern IN_CODE = Pattern.compile("\"(defender[_.][a-z_.]+)\"");
    /** What an exporter appends to a meter's own name. */
    private static final String ADDED = "(_total|_seconds|_bytes)$";

    private final Set<String> page = SourceTree.lines(Path.of("docs/interfaces.md")).stream()
            .map(ON_PAGE::matcher)
            .filter(line -> line.find())
            .map(line -> line.group(1).replaceFirst(ADDED, ""))
            .collect(Collectors.toCollection(TreeSet::new));

    private final Set<String> code = SourceTree.filesEndingWith(".java").stream()
            .filter(file -> file.toString().contains("/src/main/"))
            .filter(file -> file.startsWith("publisher-ds") || file.startsWith("backend"))
            .flatMap(file -> SourceTree.lines(file).stream())
            .flatMap(line -> IN_CODE.matcher(line).results())
            .map(name -> name.group(1).replace('.', '_').replaceFirst(ADDED, ""))
            .filter(name -> !name.equals("defender_dev"))
            .collect(Collectors.toCollection(TreeSet::new));

    @Test
    void everyMetricIsOnThePageAndEveryOneOnThePageIsThere() {
        assertThat(page).hasSizeGreaterThan(30).containsExactlyInAnyOrderElementsOf(code);
    }
}
