/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.cri;

import dev.defender.sensor.bundle.ContainerFacts;
import dev.defender.sensor.bundle.NodeContainers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for each container whose files left something open; what comes back improves {@link NodeContainers}. A question without
 * an answer is asked again after 1, 2, 4 and 8 seconds; then the pod's labels stay marked as incomplete. The first such failure is
 * logged. Its thread is a daemon and lives as long as the process.
 */
public final class CriQuestions {
    private static final Logger log = LoggerFactory.getLogger(CriQuestions.class);
    private static final int MOST_OPEN = 2048;
    private static final int MOST_TRIES = 5;

    private final CriRuntime runtime;
    private final Path socket;
    private final NodeContainers containers;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong unanswered = new AtomicLong();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("cri").daemon().unstarted(task));

    private CriQuestions(Path socket, NodeContainers containers) {
        this.runtime = new CriRuntime(socket);
        this.socket = socket;
        this.containers = containers;
    }

    /** Begins to ask about what {@code containers} learns from now on. */
    public static void about(NodeContainers containers, Path socket) {
        containers.onIncomplete(new CriQuestions(socket, containers)::ask);
    }

    private void ask(String id, ContainerFacts known) {
        if (open.incrementAndGet() > MOST_OPEN) {
            open.decrementAndGet();
            unanswered.incrementAndGet();
            return;
        }
        executor.execute(() -> question(id, known, 1));
    }

    private void question(String id, ContainerFacts known, int number) {
        try {
            containers.improve(id, runtime.complete(id, known));
            open.decrementAndGet();
        } catch (IOException noAnswer) {
            if (number < MOST_TRIES) {
                executor.schedule(() -> question(id, known, number + 1), 1L << number - 1, TimeUnit.SECONDS);
                return;
            }
            open.decrementAndGet();
            if (unanswered.incrementAndGet() == 1) {
                log.warn(
                        "--cri-socket={} did not tell the labels of container {}: {}", socket, id, noAnswer.toString());
            }
        }
    }
}
