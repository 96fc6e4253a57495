/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.scenario;

import dev.defender.e2e.scenario.Action.Attempt;
import dev.defender.e2e.scenario.Action.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What is done under the sensor's eyes, by command and by the file that each command names. Pure: whoever runs the
 * commands makes the {@link #files()} first, where they are to run.
 */
public final class Actions {
    private static final String TRIGGER = "asc_alerttest_662jfi039n";
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    /** Ports that the actions connect to on loopback. */
    public static final List<Integer> PORTS = List.of(3333, 14444, 8088);

    private final String runId;
    private final Path directory;
    private final Path actor;

    /**
     * @param runId stands in every tag
     * @param directory for files of the actions
     * @param actor the compiled {@code actor.c}
     */
    public Actions(String runId, Path directory, Path actor) {
        this.runId = runId;
        this.directory = directory;
        this.actor = actor;
    }

    /** A copy that must be there: its directory is made where it is missing. */
    public record ActionFile(Path program, Path copy) {
        public Path directory() {
            return Objects.requireNonNull(copy.getParent());
        }
    }

    /** The five, whether or not their files are there yet. */
    public List<Action> all() {
        return List.of(testTrigger(), passwordFile(), sharedMemory(), memfd(), miningPool());
    }

    /** The copies of programs that the commands name. */
    public List<ActionFile> files() {
        Path echo = Path.of("/bin/echo");
        Path nothing = Path.of("/bin/true");
        return List.of(
                new ActionFile(echo, directory.resolve(TRIGGER)),
                new ActionFile(echo, directory.resolve("a b").resolve(TRIGGER)),
                new ActionFile(nothing, SHARED_MEMORY.resolve("demo-" + runId)),
                new ActionFile(echo, sharedFolder().resolve("update")),
                new ActionFile(nothing, directory.resolve("demo-" + runId)),
                new ActionFile(echo, directory.resolve("memfd:payload")));
    }

    /** What the files leave outside the directory. */
    public List<Path> outside() {
        return List.of(SHARED_MEMORY.resolve("demo-" + runId), sharedFolder());
    }

    private Path sharedFolder() {
        return SHARED_MEMORY.resolve(".x" + runId);
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
        String folder = sharedFolder().toString();
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
}
