/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.source.RuleSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds and reads rule files. */
final class RuleFiles {
    private static final String PACKS = "packs/";
    private static final String INDEX = "index.txt";

    private RuleFiles() {}

    static List<RuleSource> read(Path path) throws IOException {
        List<Path> files = List.of(path);
        if (Files.isDirectory(path)) {
            try (Stream<Path> below = Files.walk(path)) {
                files = below.filter(file -> isRuleFile(path.relativize(file), file))
                        .sorted()
                        .toList();
            } catch (UncheckedIOException e) {
                throw new IOException("cannot list " + path, e);
            }
        }
        if (files.isEmpty()) {
            // A wrong mount looks like this; going on would detect nothing in silence.
            throw new IOException("the directory " + path + " holds no file that ends in .yaml or .yml");
        }
        List<RuleSource> sources = new ArrayList<>();
        for (Path file : files) {
            sources.add(new RuleSource(file.toString(), text(file)));
        }
        return sources;
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not UTF-8 text", e);
        }
    }

    private static boolean isRuleFile(Path below, Path file) {
        String name = below.toString();
        // A mounted ConfigMap shows each file twice, once below a hidden directory.
        boolean hidden = name.startsWith(".") || name.contains("/.");
        return !hidden && (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
    }

    /** The packs in this jar, in the order of their index. */
    static List<RuleSource> builtIn() throws IOException {
        List<RuleSource> sources = new ArrayList<>();
        for (String line : resource(PACKS + INDEX).lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                sources.add(new RuleSource(PACKS + line, resource(PACKS + line)));
            }
        }
        return sources;
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = RuleFiles.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new NoSuchFileException(name, null, "not in the jar of the rules module");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
