/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the lists of names that ship in the jar: one a line, {@code #} starts a comment. */
final class NameList {
    private NameList() {}

    static Set<String> read(String resource) {
        try (InputStream stream = NameList.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the jar of the rules module lacks " + resource);
            }
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.collectingAndThen(
                            Collectors.toCollection(TreeSet::new), Collections::unmodifiableSet));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
