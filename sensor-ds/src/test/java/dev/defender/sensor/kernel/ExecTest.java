/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import static dev.defender.sensor.kernel.KernelFixture.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.defender.sensor.decode.EventFlags;
import dev.defender.sensor.decode.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecTest {
    private static @Nullable KernelFixture shared;

    private KernelFixture kernel;

    @BeforeAll
    static void open() throws IOException {
        shared = KernelFixture.open();
    }

    @BeforeEach
    void forgetWhatCameBefore() throws IOException {
        kernel = Objects.requireNonNull(shared);
        kernel.reset();
    }

    @AfterAll
    static void close() throws IOException {
        if (shared != null) {
            shared.close();
        }
    }

    @Test
    void saysWhatRanWhereAndAsWhom() throws Exception {
        Path real = Path.of("/bin/true").toRealPath();
        long pid = kernel.cgroup.run("/bin/true", "one", "", "two words");
        Seen event = only(kernel.drain(), EventType.EXEC);

        assertThat(event.pid()).isEqualTo((int) pid);
        assertThat(event.tid()).isEqualTo(event.pid());
        assertThat(event.parentPid()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(event.comm()).isEqualTo("true");
        assertThat(event.exec().args()).containsExactly("/bin/true", "one", "", "two words");
        assertThat(event.exec().filename()).isEqualTo("/bin/true");
        assertThat(event.exec().exe()).isEqualTo(real.toString());
        assertThat(event.exec().inode()).isEqualTo(Files.getAttribute(real, "unix:ino"));
        assertThat(event.exec().cwd()).isEqualTo(Path.of("").toAbsolutePath().toString());
        assertThat(event.exec().cgroup()).isEqualTo("/" + kernel.cgroup.name());
        assertThat(event.cgroupKey()).isEqualTo(kernel.cgroup.key());
        assertThat(event.ledgerRow()).isBetween(1, 1023);
        assertThat(event.startBootNs()).isBetween(event.parentStartBootNs(), event.timeBootNs());
        assertThat(event.flags() & (EventFlags.MEMFD | EventFlags.UNLINKED | EventFlags.ARGS_TRUNCATED))
                .isZero();
    }

    @Test
    void carriesIdentityTtyAndCapabilitiesAsProcHasThem() throws Exception {
        Seen event = only(kernel.run("/bin/true"), EventType.EXEC);
        List<String> status = Files.readAllLines(Path.of("/proc/self/status"));

        assertThat(event.uid()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        assertThat(event.euid()).isEqualTo(event.uid());
        assertThat(event.gid()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:gid"));
        assertThat(Integer.toUnsignedString(event.loginUid()))
                .isEqualTo(Files.readString(Path.of("/proc/self/loginuid")).strip());
        assertThat(event.exec().capEffective()).isEqualTo(capability(status, "CapEff:"));
        assertThat(event.exec().capPermitted()).isEqualTo(capability(status, "CapPrm:"));
        assertThat(event.exec().capInheritable()).isEqualTo(capability(status, "CapInh:"));
        assertThat(event.exec().tty()).isEqualTo(tty());
    }

    private static long capability(List<String> status, String name) {
        String line =
                status.stream().filter(l -> l.startsWith(name)).findFirst().orElseThrow();
        return Long.parseUnsignedLong(line.substring(name.length()).strip(), 16);
    }

    private static int tty() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[4]);
    }

    @Test
    void anotherUserIsThatUser() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv (util-linux) is not installed");
        List<Seen> events =
                kernel.run("/usr/bin/setpriv", "--reuid=65534", "--regid=65533", "--clear-groups", "/bin/true");
        Seen event = KernelFixture.ofType(events, EventType.EXEC).getLast();

        assertThat(event.uid()).isEqualTo(65534);
        assertThat(event.euid()).isEqualTo(65534);
        assertThat(event.gid()).isEqualTo(65533);
        assertThat(event.exec().capEffective()).isZero();
    }

    @Test
    void argumentsPastTheLimitAreTruncatedAndSaySo() throws Exception {
        Seen event = only(kernel.run("/bin/true", "x".repeat(3000), "y".repeat(3000)), EventType.EXEC);

        assertThat(event.has(EventFlags.ARGS_TRUNCATED)).isTrue();
        assertThat(event.exec().args()).hasSize(3);
        assertThat(event.exec().args().get(1)).isEqualTo("x".repeat(3000));
        assertThat(event.exec().args().get(2)).isEqualTo("y".repeat(4096 - 3001 - "/bin/true".length() - 1));
    }

    @Test
    void namesOfEveryByteValueComeUnchanged() throws Exception {
        // In the name of the file and in the arguments: every byte but NUL, and '/' in arguments only.
        String script = """
                n=$(i=1; while [ $i -le 255 ]; do [ $i = 47 ] || printf "\\\\$(printf %o $i)"; i=$((i+1)); done; printf x)
                cp /bin/true "$1/$n" && exec "$1/$n" "$n"
                """;
        List<Seen> events =
                kernel.run("/bin/sh", "-c", "LC_ALL=C; export LC_ALL\n" + script, "sh", kernel.directory.toString());
        Seen event = KernelFixture.ofType(events, EventType.EXEC).getLast();
        StringBuilder all = new StringBuilder();
        for (char c = 1; c < 256; c++) {
            if (c != '/') {
                all.append(c);
            }
        }
        String name = all.append('x').toString();

        assertThat(event.exec().exe()).isEqualTo(kernel.directory + "/" + name);
        assertThat(event.exec().filename()).isEqualTo(kernel.directory + "/" + name);
        assertThat(event.exec().args()).containsExactly(kernel.directory + "/" + name, name);
        assertThat(event.comm()).isEqualTo(name.substring(0, 15));
    }

    @Test
    void aDeepPathComesWholeAndAVeryDeepOneSaysThatItWasCut() throws Exception {
        String deep = "/d".repeat(50);
        String veryDeep = "/e".repeat(90);
        String script = "mkdir -p \"$1$2\" && cp /bin/true \"$1$2/t\" && cd \"$1$2\" && exec \"$1$2/t\"";
        Seen whole = KernelFixture.ofType(
                        kernel.run("/bin/sh", "-c", script, "sh", kernel.directory.toString(), deep), EventType.EXEC)
                .getLast();
        Seen cut = KernelFixture.ofType(
                        kernel.run("/bin/sh", "-c", script, "sh", kernel.directory.toString(), veryDeep),
                        EventType.EXEC)
                .getLast();

        assertThat(whole.exec().exe()).isEqualTo(kernel.directory + deep + "/t");
        assertThat(whole.exec().cwd()).isEqualTo(kernel.directory + deep);
        assertThat(cut.has(EventFlags.PATH_TRUNCATED)).isTrue();
        assertThat(cut.has(EventFlags.CWD_TRUNCATED)).isTrue();
        assertThat(cut.exec().exe()).startsWith("e/e/").endsWith("/e/t");
    }

    @Test
    void anonymousMemoryIsMarked() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl is not installed");
        String program = "my $n = pack('Z*', 'secret-tool'); my $fd = syscall("
                + (System.getProperty("os.arch").equals("amd64") ? 319 : 279)
                + ", $n, 0); open(my $in, '<', '/bin/true'); open(my $out, '>&=', $fd); binmode $in; binmode $out;"
                + " local $/; my $all = <$in>; print {$out} $all; $out->flush; exec {\"/proc/$$/fd/$fd\"} 'innocent';";
        List<Seen> events = kernel.run("/usr/bin/perl", "-MIO::Handle", "-e", program);
        Seen event = KernelFixture.ofType(events, EventType.EXEC).getLast();

        assertThat(event.has(EventFlags.MEMFD)).isTrue();
        assertThat(event.has(EventFlags.UNLINKED)).isFalse();
        assertThat(event.exec().exe()).isEqualTo("memfd:secret-tool");
        assertThat(event.exec().args()).containsExactly("innocent");
    }

    @Test
    void aProgramThatWasDeletedMeanwhileIsMarked() throws Exception {
        String script = "cp /bin/sleep \"$1/gone\"; exec 3<\"$1/gone\"; rm \"$1/gone\"; exec /proc/self/fd/3 0";
        List<Seen> events = kernel.run("/bin/sh", "-c", script, "sh", kernel.directory.toString());
        Seen event = KernelFixture.ofType(events, EventType.EXEC).getLast();

        assertThat(event.has(EventFlags.UNLINKED)).isTrue();
        assertThat(event.has(EventFlags.MEMFD)).isFalse();
        assertThat(event.exec().exe()).isEqualTo(kernel.directory + "/gone");
    }

    @Test
    void theWritableLayerOfAnOverlayIsMarked() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/unshare")), "unshare (util-linux) is not installed");
        String script = """
                cd "$1" && mkdir base lower upper work merged && mount -t tmpfs tmpfs base && cd base \
                && mkdir lower upper work merged && cp /bin/true lower/image-file \
                && mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work merged || exit 9
                cp /bin/true merged/dropped-file
                merged/image-file; merged/dropped-file
                """;
        Process process = kernel.cgroup.start(
                "/usr/bin/unshare", "-m", "/bin/sh", "-c", script, "sh", kernel.directory.toString());
        assumeTrue(process.waitFor() != 9, "overlay cannot be mounted here");
        List<Seen> execs = KernelFixture.ofType(kernel.drain(), EventType.EXEC);
        Seen image = named(execs, "image-file");
        Seen dropped = named(execs, "dropped-file");

        assertThat(image.has(EventFlags.UPPER_LAYER)).isFalse();
        assertThat(dropped.has(EventFlags.UPPER_LAYER)).isTrue();
        assertThat(dropped.exec().exe()).isEqualTo(kernel.directory + "/base/merged/dropped-file");
    }

    private static Seen named(List<Seen> events, String name) {
        return events.stream()
                .filter(e -> e.exec().exe().endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aScriptIsNamedByItsOwnPathAndRunsItsInterpreter() throws Exception {
        Path script = kernel.directory.resolve("script");
        Files.writeString(script, "#!/bin/sh\nexit 0\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Seen event = only(kernel.run(script.toString(), "arg"), EventType.EXEC);

        assertThat(event.exec().filename()).isEqualTo(script.toString());
        assertThat(event.exec().exe()).isEqualTo(Path.of("/bin/sh").toRealPath().toString());
        assertThat(event.exec().args()).containsExactly("/bin/sh", script.toString(), "arg");
    }
}
