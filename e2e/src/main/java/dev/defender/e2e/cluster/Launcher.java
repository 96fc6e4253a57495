/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the testbed's launcher is: {@code DEFENDER_TESTBED} (environment or system property), else {@code e2e/testbed/testbed}
 * of this source tree.
 */
final class Launcher {
    private static final String NAME = "DEFENDER_TESTBED";

    private Launcher() {}

    static Command command() throws IOException {
        return Command.of(List.of(path().toString()));
    }

    static Path path() throws IOException {
        @Nullable String given = System.getProperty(NAME, System.getenv(NAME));
        if (given != null) {
            Path path = Path.of(given);
            if (!Files.isExecutable(path)) {
                throw new IOException(NAME + " names " + path + ", which is no program");
            }
            return path;
        }
        return inTree().orElseThrow(() ->
                new IOException("no e2e/testbed/testbed above " + Path.of("").toAbsolutePath() + ": run this inside"
                        + " the source tree, or name the launcher in " + NAME));
    }

    private static Optional<Path> inTree() {
        for (@Nullable Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path launcher = folder.resolve("e2e/testbed/testbed");
            if (Files.isExecutable(launcher)) {
                return Optional.of(launcher);
            }
        }
        return Optional.empty();
    }

    /** Folder of the programs that the testbed is made of, built if they are not there: minutes, the first time. */
    static Path binaries() throws IOException, InterruptedException {
        return Path.of(command().with("build").run().orThrow());
    }
}
