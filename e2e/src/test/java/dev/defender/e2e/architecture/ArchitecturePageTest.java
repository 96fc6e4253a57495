/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A page that names a class which is gone leads its reader astray. */
class ArchitecturePageTest {
    private static final Path TREE = Path.of("..");

    /** A class, or a file with its ending. */
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w+|\\w+\\.(?:bpf\\.h|h|yaml))`");

    @Test
    void everyNameOnThePageExists() throws IOException {
        Set<String> named = NAME.matcher(Files.readString(TREE.resolve("docs/architecture.md")))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).hasSizeGreaterThan(30);

        Set<String> missing = new TreeSet<>(named);
        missing.removeAll(sourceNames());
        assertThat(missing).isEmpty();
    }

    /** Names of sources without ".java", of other files whole, and of protobuf messages. */
    private static Set<String> sourceNames() throws IOException {
        Pattern message = Pattern.compile("(?m)^message (\\w+)");
        try (Stream<Path> files = Files.walk(TREE)) {
            return files.filter(file -> file.toString().contains("/src/main/"))
                    .filter(Files::isRegularFile)
                    .flatMap(file -> {
                        String name = file.getFileName().toString();
                        return name.endsWith(".proto")
                                ? message.matcher(read(file)).results().map(match -> match.group(1))
                                : Stream.of(name.replaceFirst("\\.java$", ""));
                    })
                    .collect(Collectors.toSet());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
