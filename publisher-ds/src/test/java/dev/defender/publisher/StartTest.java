/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.defender.publisher.support.RunningPublisher;
import dev.defender.publisher.support.RunningPublisher.Home;
import dev.defender.publisher.support.TestPki;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a publisher says that cannot start; a process of its own, as a person would start it. */
class StartTest {
    private static final String NOWHERE = "https://localhost:1";

    private final Path directory;
    private final Home home;

    StartTest(@TempDir Path directory) throws Exception {
        this.directory = directory;
        home = new Home(directory, new TestPki());
    }

    private static String failure(List<String> options) throws Exception {
        try (RunningPublisher publisher = RunningPublisher.start(options)) {
            assertThat(publisher.await()).as("exit status").isEqualTo(1);
            await().until(() -> !publisher.lines().isEmpty());
            assertThat(publisher.lines()).hasSize(1);
            return publisher.lines().getFirst();
        }
    }

    @Test
    void aSecondOneOnTheSameSpoolIsToldWhoHasIt() throws Exception {
        List<String> second = home.options(NOWHERE, "--socket=" + directory.resolve("run/other.sock"));
        try (RunningPublisher first = RunningPublisher.start(home.options(NOWHERE))) {
            await().until(() -> first.said("publisher: ready"));
            assertThat(failure(second))
                    .contains("the spool " + home.spool() + " is in use by process " + first.pid() + " on ")
                    .contains("stop that publisher first");
            assertThat(first.isAlive()).isTrue();
            first.kill();
        }
        // The kernel gave the lock back.
        try (RunningPublisher next = RunningPublisher.start(second)) {
            await().until(() -> next.said("publisher: ready"));
            assertThat(next.stop()).isZero();
        }
    }

    @Test
    void itIsNotReadyWhereTheHealthPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String health = "127.0.0.1:" + taken.getLocalPort();
            assertThat(failure(home.options(NOWHERE, "--health=" + health)))
                    .contains("cannot listen on --health=" + health)
                    .contains("name another port");
        }
    }

    @Test
    void itIsNotReadyWhereTheSpoolCannotBeMade() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThat(failure(home.options(NOWHERE, "--spool=" + file)))
                .contains(file + " cannot be used")
                .contains("must be a directory");
    }

    @Test
    void aMissingSocketDirectoryIsNamed() throws Exception {
        assertThat(failure(home.options(NOWHERE, "--misc-socket=" + directory.resolve("no/m.sock"))))
                .contains("the directory of --misc-socket=" + directory.resolve("no/m.sock") + " does not exist");
    }
}
