/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.charts;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The helm of this machine: the one on the PATH, or the testbed's. A test that finds none is skipped. */
final class Helm {
    /** A released version, because a helm that was built from source may take the cluster for a very old one. */
    private static final String KUBERNETES = "1.36.0";

    private final Path program;

    private Helm(Path program) {
        this.program = program;
    }

    static Helm ofThisMachine() {
        Optional<Path> found = find();
        assumeTrue(found.isPresent(), "no helm on the PATH and no testbed built (e2e/testbed/testbed build)");
        return new Helm(found.get());
    }

    /** @param values as for --set */
    Objects template(String... values) {
        return Objects.parse(attempt(values).good());
    }

    /** The same where it may fail. */
    Run attempt(String... values) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "template",
                "defender",
                Source.CHART.toString(),
                "--namespace=defender-system",
                "--kube-version=" + KUBERNETES));
        return Run.of(with(command, values), "");
    }

    Run lint(String... values) {
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "lint", "--strict", Source.CHART.toString()));
        command.add("--kube-version=" + KUBERNETES);
        return Run.of(with(command, values), "");
    }

    private static List<String> with(List<String> command, String... values) {
        for (String value : values) {
            command.add("--set");
            command.add(value);
        }
        return command;
    }

    /** Whether the testbed's programs are there. */
    static boolean ofTestbedIsThere() {
        return ofTestbed().anyMatch(Files::isExecutable);
    }

    private static Optional<Path> find() {
        Stream<Path> onPath = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "helm"));
        return Stream.concat(onPath, ofTestbed()).filter(Files::isExecutable).findFirst();
    }

    private static Stream<Path> ofTestbed() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home = cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        Path testbeds = home.resolve("defender/testbed");
        if (!Files.isDirectory(testbeds)) {
            return Stream.of();
        }
        try (Stream<Path> builds = Files.list(testbeds)) {
            return builds.map(build -> build.resolve("helm")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
