/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.stack;

import dev.defender.e2e.process.Program;
import dev.defender.e2e.process.Running;
import dev.defender.e2e.process.Running.ProgramFailed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Last step of the build: runs the three programs once, without limits, over the recording in the repository, so that each
 * writes an archive of the classes that the whole way loads. A cold JVM in 60m spends most of its start on loading and
 * verifying them. Needs neither root nor a kernel to observe.
 */
public final class Rehearsal {
    private static final Duration FIRST_ACK = Duration.ofSeconds(60);
    private static final Duration REPLAYED = Duration.ofSeconds(60);

    private Rehearsal() {}

    /**
     * Exit status 0: the archives are written; 1: they are not, and the programs start slower.
     *
     * @param arguments root of the source tree, recording
     */
    public static void main(String[] arguments) throws Exception {
        Path tree = Path.of(arguments[0]).toRealPath();
        Workspace workspace = Workspace.create(
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()),
                Capabilities.current().root());
        try {
            perform(workspace, tree, Path.of(arguments[1]).toRealPath());
            for (Program program : List.of(Program.sensor(tree), Program.publisher(tree), Program.backend(tree))) {
                Files.copy(
                        workspace.path("archives").resolve(program.name()),
                        program.directory().resolve(Program.ARCHIVE),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (ProgramFailed | IOException e) {
            System.err.println("rehearsal: no archives of classes, the programs will start slower: " + e.getMessage());
            System.exit(1);
        } finally {
            Tree.delete(workspace.root());
        }
    }

    private static void perform(Workspace workspace, Path tree, Path recording) throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        try (Stack stack = new Stack(workspace, workspace.programs(tree), java, Stack.Mode.REHEARSAL, null)) {
            URI backend = stack.backend();
            Running publisher =
                    stack.publisher(backend, workspace.enrolmentToken(workspace.path("backend/tokens/enrolment")));
            Running sensor = stack.sensor(List.of("--replay=" + recording, "--replay-speed=full"));
            publisher.awaitLine("publisher: first ack", FIRST_ACK);
            sensor.awaitExit(REPLAYED);
        }
    }
}
