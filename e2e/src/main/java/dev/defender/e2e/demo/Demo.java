/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import dev.defender.e2e.cgroup.Cgroup;
import dev.defender.e2e.cgroup.CgroupTree;
import dev.defender.e2e.cgroup.Limits;
import dev.defender.e2e.demo.Settings.BadSetting;
import dev.defender.e2e.demo.Settings.Mode;
import dev.defender.e2e.process.Running;
import dev.defender.e2e.process.Running.ProgramFailed;
import dev.defender.e2e.scenario.ActionShell;
import dev.defender.e2e.scenario.Cleanup;
import dev.defender.e2e.scenario.Screen;
import dev.defender.e2e.stack.Api;
import dev.defender.e2e.stack.Capabilities;
import dev.defender.e2e.stack.Stack;
import dev.defender.e2e.stack.Tree;
import dev.defender.e2e.stack.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * {@code make demo}. Exit status 0: every expected alert is served by the API, no twin alerted and the ledger closes; 1:
 * not so, or something did not start; 2: a setting is wrong.
 */
public final class Demo {
    /** First part of the name of the actions' group, so that a recording can be limited to it. */
    static final String ACTIONS_GROUP = "defender-demo-actions-";

    private static final Duration FIRST_ACK = Duration.ofSeconds(60);

    /** The sensor's exit status when the probe names why this host cannot be observed. */
    private static final int CANNOT_OBSERVE = 3;

    private final Settings settings;
    private final Screen screen;
    private final String runId;
    private final Workspace workspace;
    private final Stack stack;
    private final ActionShell shell;

    private Demo(Settings settings, Screen screen, Cleanup cleanup) throws IOException {
        this.settings = settings;
        this.screen = screen;
        String unique = HexFormat.of().toHexDigits(random());
        // The same, so that make clean knows by the directory's name what else a demo that died has left.
        runId = settings.record().isPresent() ? Recording.RUN_ID : unique;
        boolean privileged = Capabilities.current().root();
        workspace = Workspace.create(unique, privileged);
        cleanup.add("data directory", () -> Tree.delete(workspace.root()));
        CgroupTree cgroups = cgroups();
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        Cgroup group = cgroups == null ? null : cgroups.create(ACTIONS_GROUP + runId, Limits.NONE);
        if (group != null) {
            cleanup.add("actions' group", group);
        }
        // Before the sensor, so that the shell stands in the initial table as it would on a node.
        shell = new ActionShell(
                List.of("setpriv", "--pdeathsig", "KILL", "--", "sh"), Map.of(), workspace.log("actions"));
        cleanup.add("actions' shell", shell);
        if (group != null) {
            for (Path processes : group.procsFiles()) {
                shell.script("echo $$ > " + ActionShell.quote(processes.toString()));
            }
        }
        stack = new Stack(
                workspace,
                workspace.programs(settings.tree()),
                java,
                settings.keep() ? Stack.Mode.DEMO_KEPT : Stack.Mode.DEMO,
                cgroups);
        cleanup.add("programs", stack);
    }

    public static void main(String[] arguments) throws InterruptedException {
        Screen screen = new Screen(System.out);
        Cleanup cleanup = new Cleanup();
        Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "cleanup"));
        try {
            if (arguments.length > 0) {
                throw new BadSetting("it takes no arguments; DEMO_MODE=live|replay and DEMO_KEEP=1 are its settings");
            }
            Settings settings = Settings.from(Path.of("").toAbsolutePath(), System.getenv());
            Verdict verdict = new Demo(settings, screen, cleanup).run(cleanup);
            cleanup.close();
            screen.line(verdict.line());
            System.exit(verdict.passed() ? 0 : 1);
        } catch (BadSetting e) {
            fail(cleanup, e.getMessage(), 2);
        } catch (IOException | GeneralSecurityException | ProgramFailed e) {
            fail(cleanup, e.getMessage(), 1);
        }
    }

    private static void fail(Cleanup cleanup, @Nullable String message, int status) {
        System.err.println("demo: " + message);
        cleanup.close();
        System.exit(status);
    }

    private Verdict run(Cleanup cleanup) throws IOException, InterruptedException, GeneralSecurityException {
        URI backend = stack.backend();
        screen.stage("backend    serves " + backend + " (PostgreSQL behind it)");
        Path token = workspace.enrolmentToken(workspace.path("backend/tokens/enrolment"));
        Running publisher = stack.publisher(backend, token);
        screen.stage("publisher  listens for the sensor");
        Api api = new Api(backend, workspace.path("backend/pki/ca.pem"), workspace.path("backend/tokens/viewer"));

        Verdict verdict = settings.mode() != Mode.REPLAY && observe()
                ? live(publisher, api)
                : Recording.replay(settings, screen, stack, api, publisher);
        if (settings.keep()) {
            cleanup.forget();
            screen.line("running on; stop it with: make clean");
            screen.line("demo: api=" + backend + " ca=" + workspace.path("backend/pki/ca.pem") + " token_file="
                    + workspace.path("backend/tokens/viewer"));
        }
        return verdict;
    }

    private Verdict live(Running publisher, Api api) throws IOException, InterruptedException {
        publisher.awaitLine("publisher: first ack", FIRST_ACK);
        screen.stage("first batch acknowledged; events count from here");
        try (LiveRun run = new LiveRun(runId, settings, screen, workspace, stack, api, shell)) {
            return run.perform();
        }
    }

    /** Starts the sensor on the kernel; false where the probe says that this host cannot be observed. */
    private boolean observe() throws IOException, InterruptedException {
        try {
            stack.sensor(settings.record().map(Recording::options).orElse(List.of()));
            screen.stage("sensor     attached to the kernel");
            return true;
        } catch (ProgramFailed e) {
            String reason = Recording.reason(workspace.log("sensor-ds"));
            if (e.exitStatus() != CANNOT_OBSERVE) {
                throw e;
            }
            if (settings.mode() == Mode.LIVE) {
                throw new IOException(reason + " (DEMO_MODE=live forbids the recording)", e);
            }
            screen.stage(reason + "; replaying the recording instead");
            return false;
        }
    }

    private @Nullable CgroupTree cgroups() {
        try {
            CgroupTree tree = CgroupTree.detect(CgroupTree.DEFAULT_ROOT);
            screen.stage("limits     as on a node, by cgroup " + tree.version());
            return tree;
        } catch (CgroupTree.CgroupsUnavailable e) {
            screen.stage("limits     none: " + e.getMessage());
            return null;
        }
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt();
    }
}
