/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.defender.sensor.capture.ArgumentMask;
import dev.defender.sensor.capture.RecordingOptions;
import dev.defender.sensor.capture.RecordingSource;
import dev.defender.sensor.capture.ReplaySource;
import dev.defender.sensor.decode.EventType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordAndReplayTest {
    @TempDir
    private Path directory;

    private final List<Seen> live = new ArrayList<>();

    private Path record() throws Exception {
        Path file = directory.resolve("capture");
        try (KernelFixture kernel = KernelFixture.open((source, key) -> {
            ArgumentMask none = (text, program, begin, end) -> 0;
            return RecordingSource.start(source, file, new RecordingOptions("sensor", 1, key, none, false));
        })) {
            Process waiting = kernel.cgroup.start("/bin/sleep", "1000");
            try {
                while (KernelFixture.ofType(live, EventType.EXEC).isEmpty()) {
                    live.addAll(kernel.drain());
                }
                kernel.initialTable();
            } finally {
                waiting.destroyForcibly().waitFor();
            }
            String script = "/bin/true one two; : > \"$1/written\"; (exit 3)";
            live.addAll(kernel.run("/bin/sh", "-c", script, "sh", kernel.directory.toString()));
        }
        return file;
    }

    @Test
    void whatWasSeenLiveIsSeenAgain() throws Exception {
        Path file = record();
        List<Seen> again = ReplayMain.replay(file);

        assertThat(again.stream()
                        .filter(event -> event.type() != EventType.TASK)
                        .toList())
                .isEqualTo(live);
        // The group's process and its ancestors, and nobody else.
        assertThat(KernelFixture.ofType(again, EventType.TASK))
                .extracting(Seen::pid)
                .endsWith((int) ProcessHandle.current().pid(), live.getFirst().pid());
        try (ReplaySource replay = ReplaySource.open(file, ReplaySource.Speed.FULL)) {
            assertThat(replay.damage()).isNull();
            assertThat(replay.facts().userName(live.getFirst().uid())).isEqualTo(System.getProperty("user.name"));
            assertThat(replay.facts().cgroupPath(live.getFirst().cgroupKey()))
                    .isEqualTo(live.getFirst().exec().cgroup());
        }
    }

    @Test
    void withoutProcAndSysItIsTheSame() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "unshare (util-linux) is not installed");
        Path file = record();
        List<Seen> here = ReplayMain.replay(file);

        assertThat(replayWithoutHost(file)).isEqualTo("nohost " + here.size() + " " + here.hashCode());
    }

    private static String replayWithoutHost(Path file) throws IOException, InterruptedException {
        Path home = Path.of(System.getProperty("java.home"));
        // Without /proc the launcher does not find its library by itself.
        String script = "mount -t tmpfs none /proc && mount -t tmpfs none /sys || exit 9;"
                + " LD_LIBRARY_PATH=$0/lib exec $0/bin/java -XX:+UseSerialGC -Xmx64m -cp $1 $2 $3";
        Process process = new ProcessBuilder(
                        "/usr/bin/unshare",
                        "-m",
                        "/bin/sh",
                        "-c",
                        script,
                        home.toString(),
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ReplayMain.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assumeTrue(process.waitFor() != 9, "file systems cannot be mounted here");
        return said;
    }
}
