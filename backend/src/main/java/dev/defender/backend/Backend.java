/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend;

import dev.defender.backend.database.DatabaseStartException;
import dev.defender.backend.identity.IdentityUnavailableException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CountDownLatch;

/** The backend: HTTPS port, ingest, API and its PostgreSQL, in one process. */
public final class Backend {
    private static final int RUNNING = -1;
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Backend() {}

    /** Runs until SIGTERM or SIGINT. Exit status: 0 stopped in good order, 1 cannot run, 2 wrong options. */
    public static void main(String... arguments) throws InterruptedException {
        if (arguments.length == 1 && arguments[0].equals("--help")) {
            System.out.print(Options.HELP);
            return;
        }
        int status = run(arguments);
        if (status != RUNNING) {
            System.exit(status);
        }
        // Everything else runs on daemon threads; the shutdown hook ends the process.
        new CountDownLatch(1).await();
    }

    /** @return exit status, or RUNNING = a shutdown hook will stop it */
    private static int run(String... arguments) {
        StopHook stop = new StopHook();
        try {
            Options options = Options.parse(arguments);
            if (Errand.done(options)) {
                return DONE;
            }
            stop.install();
            RunningBackend running = RunningBackend.start(options);
            stop.started(running);
            System.out.println("backend: ready " + running.url());
            return RUNNING;
        } catch (NoSuchFileException e) {
            System.err.println(
                    "backend: " + e.getFile() + " is not there; --data names the directory of a backend that has run");
            return FAILED;
        } catch (UsageException e) {
            System.err.println("backend: " + e.getMessage());
            return USAGE;
        } catch (IOException | DatabaseStartException | IdentityUnavailableException e) {
            System.err.println("backend: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        } finally {
            stop.done();
        }
    }
}
