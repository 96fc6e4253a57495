/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import dev.defender.e2e.demo.Action.Attempt;
import dev.defender.e2e.demo.Action.Kind;
import dev.defender.e2e.stack.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prepares the files that the demo's actions need, and names the commands. */
final class Actions implements AutoCloseable {
    private static final String TRIGGER = "asc_alerttest_662jfi039n";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Ports that the actions connect to on loopback. */
    static final List<Integer> PORTS = List.of(3333, 14444, 8088);

    private final String runId;
    private final Path directory;
    private final Path actor;
    private final List<Path> outside = new ArrayList<>();

    /**
     * @param runId stands in every tag
     * @param directory for files of the actions
     * @param actor the compiled {@code actor.c}
     */
    Actions(String runId, Path directory, Path actor) {
        this.runId = runId;
        this.directory = directory;
        this.actor = actor;
    }

    /** The five, whether or not their files are there yet. */
    List<Action> all() {
        return List.of(testTrigger(), passwordFile(), sharedMemory(), memfd(), miningPool());
    }

    /** Makes the files that the commands name. */
    void prepare() throws IOException {
        copy("/bin/echo", directory.resolve(TRIGGER));
        copy("/bin/echo", Files.createDirectories(directory.resolve("a b")).resolve(TRIGGER));
        copy("/bin/true", remember(SHARED_MEMORY.resolve("demo-" + runId)));
        copy(
                "/bin/echo",
                Files.createDirectory(remember(SHARED_MEMORY.resolve(".x" + runId)))
                        .resolve("update"));
        copy("/bin/true", directory.resolve("demo-" + runId));
        copy("/bin/echo", directory.resolve("memfd:payload"));
    }

    private Action testTrigger() {
        return new Action(
                "published test trigger",
                "K8S.NODE_EICAR",
                List.of(
                        attempt(Kind.PLAIN, "trigger", here(TRIGGER), "testing", "eicar", "pipe", "@tag@"),
                        attempt(Kind.VARIED, "trigger", here("a b/" + TRIGGER), "testing", "eicar", "pipe", "@tag@"),
                        attempt(Kind.TWIN, "trigger", "/bin/echo", "testing", "a", "pipe", "@tag@")));
    }

    private Action passwordFile() {
        return new Action(
                "read of /etc/shadow by a shell",
                "K8S.NODE_SuspectPasswordFileAccess",
                List.of(
                        attempt(Kind.PLAIN, "shadow", "sh", "-c", "read line < /etc/shadow", "@tag@"),
                        attempt(Kind.VARIED, "shadow", "bash", "-c", "cd /etc && read line < ./gshadow", "@tag@"),
                        attempt(Kind.TWIN, "shadow", "sh", "-c", "read line < /etc/passwd", "@tag@")));
    }

    private Action sharedMemory() {
        String folder = SHARED_MEMORY.resolve(".x" + runId).toString();
        return new Action(
                "program in /dev/shm",
                "DFD.ExecutionFromSharedMemory",
                List.of(
                        attempt(
                                Kind.PLAIN,
                                "shm",
                                SHARED_MEMORY.resolve("demo-" + runId).toString(),
                                "@tag@"),
                        attempt(Kind.VARIED, "shm", "sh", "-c", "cd " + folder + " && exec ./update $0", "@tag@"),
                        attempt(Kind.TWIN, "shm", here("demo-" + runId), "@tag@")));
    }

    private Action memfd() {
        return new Action(
                "program in anonymous memory",
                "DFD.FilelessExecution",
                List.of(
                        attempt(Kind.PLAIN, "memfd", actor.toString(), "memfd", "payload", "/bin/echo", "@tag@"),
                        attempt(Kind.VARIED, "memfd", actor.toString(), "memfd", "[kworker/0:1]", "/bin/true", "@tag@"),
                        attempt(Kind.TWIN, "memfd", here("memfd:payload"), "@tag@")));
    }

    private Action miningPool() {
        return new Action(
                "connection to a mining-pool port",
                "K8S.NODE_DigitalCurrencyMining",
                List.of(
                        attempt(Kind.PLAIN, "pool", actor.toString(), "connect", "127.0.0.1", "3333", "@tag@"),
                        attempt(Kind.VARIED, "pool", actor.toString(), "connect", "::1", "14444", "@tag@"),
                        attempt(Kind.TWIN, "pool", actor.toString(), "connect", "127.0.0.1", "8088", "@tag@")));
    }

    private Attempt attempt(Kind kind, String action, String... command) {
        String tag = "demo-" + runId + "-" + action + "-" + kind.name().toLowerCase(Locale.ROOT);
        List<String> arguments = new ArrayList<>();
        for (String word : command) {
            arguments.add(word.replace("@tag@", tag));
        }
        return new Attempt(kind, tag, List.copyOf(arguments));
    }

    private String here(String name) {
        return directory.resolve(name).toString();
    }

    private static void copy(String program, Path target) throws IOException {
        Files.copy(Path.of(program), target);
    }

    private Path remember(Path path) {
        outside.add(path);
        return path;
    }

    /** Removes what was put outside the demo's directory. */
    @Override
    public void close() throws IOException {
        for (Path path : outside) {
            Tree.delete(path);
        }
    }
}
