/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Empties and removes groups. */
final class Teardown {
    private static final int ATTEMPTS = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Teardown() {}

    /** Kills what is in the groups and removes them; a group of a killed process stays busy for some milliseconds. */
    static void remove(List<Path> groups) throws IOException {
        for (Path group : groups) {
            for (int attempt = 1; Files.exists(group); attempt++) {
                killAll(group);
                try {
                    Files.delete(group);
                } catch (IOException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }
    }

    private static void killAll(Path group) throws IOException {
        Path procs = group.resolve("cgroup.procs");
        if (!Files.exists(procs)) {
            return;
        }
        for (String pid : Files.readAllLines(procs)) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
