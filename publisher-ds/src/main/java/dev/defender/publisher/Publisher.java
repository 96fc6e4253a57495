/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import dev.defender.publisher.health.Console;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** The publisher's process: parses the command line, runs until it is told to stop. */
public final class Publisher {
    private static final int STOPPED = 0;
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private Publisher() {}

    /** Exit status 0 after a stop, 1 when it cannot run, 2 for a wrong command line; each with one sentence. */
    public static void main(String[] args) {
        long started = System.nanoTime();
        Console console = new Console(System.out, System.err);
        for (String arg : args) {
            if (arg.equals("--help")) {
                System.out.println(Options.HELP);
                return;
            }
        }
        // A publisher with a part missing would look alive and ship nothing; what it has acknowledged is on the disk.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            console.trouble("thread " + thread.getName() + " failed, which is a fault of the publisher: " + failure
                    + at(failure) + "; ending, to be started again");
            Runtime.getRuntime().halt(FAILURE);
        });
        try {
            Options options = Options.parse(args);
            if (options.drainSeconds() > 0) {
                Drain drain = new Drain(options, console, System.getenv(), Drain.TERMINATION_LOG);
                onStop(drain::stop);
                drain.run();
            } else {
                Serving serving = Serving.open(options, console, System.getenv(), started);
                onStop(serving::stop);
                serving.run();
            }
        } catch (IllegalArgumentException e) {
            console.trouble(String.valueOf(e.getMessage()));
            Runtime.getRuntime().halt(USAGE);
        } catch (FileSystemException e) {
            // The JDK's message is the path alone.
            console.trouble(e.getFile() + " cannot be used (" + e.getClass().getSimpleName()
                    + "); it must be a directory that this user can write");
            Runtime.getRuntime().halt(FAILURE);
        } catch (IOException e) {
            console.trouble(String.valueOf(e.getMessage()));
            Runtime.getRuntime().halt(FAILURE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void onStop(Runnable action) {
        Runnable stop = () -> {
            action.run();
            // A stop on request is no failure; the JVM's own status would name the signal.
            Runtime.getRuntime().halt(STOPPED);
        };
        Runtime.getRuntime().addShutdownHook(new Thread(null, stop, "stop", Node.STACK_BYTES));
    }

    private static String at(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
