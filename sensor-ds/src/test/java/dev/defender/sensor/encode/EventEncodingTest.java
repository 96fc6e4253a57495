/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.Process;
import dev.defender.sensor.FixtureSource;
import dev.defender.sensor.PipelineFixture;
import dev.defender.sensor.RawRecords;
import dev.defender.sensor.decode.EventFlags;
import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.ring.HostFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EventEncodingTest {
    private final RawRecords kernel = new RawRecords();
    private final FixtureSource source = new FixtureSource().task(kernel.task(10, 1, "bash", "/usr/bin/bash", "-bash"));
    private final PipelineFixture sensor = new PipelineFixture(source);

    @Test
    void anExecSaysWhoRunsWhat() {
        Event event = sensor.feed(kernel.exec(20, 10, "ls", "/usr/bin/ls", "ls", "-l", "/tmp"))
                .lastEvent();
        Process process = event.getProcess();
        assertThat(process.getPid()).isEqualTo(20);
        assertThat(process.getCreatedTimeBootNs()).isEqualTo(RawRecords.startOf(20));
        assertThat(process.getName()).isEqualTo("ls");
        assertThat(process.getExe()).isEqualTo("ls");
        assertThat(process.getCmdLine()).isEqualTo("ls -l /tmp");
        assertThat(process.getFile().getPath()).isEqualTo("/usr/bin/ls");
        assertThat(process.getFile().getInode()).isEqualTo(4711);
        assertThat(process.getWorkingDirectory()).isEqualTo("/srv/app");
        assertThat(process.getUser().getUid()).isEqualTo(1000);
        assertThat(process.getUser().getGid()).isEqualTo(100);
        assertThat(process.getUser().getName()).isEqualTo("alice");
        assertThat(process.getSession().getLoginUid()).isEqualTo(-1);
        assertThat(process.getSession().getTerminal()).isEqualTo(34816);
        assertThat(process.getCapPermitted()).isEqualTo(3);
        assertThat(process.getParentPid()).isEqualTo(10);
        assertThat(process.getParentProcess().getName()).isEqualTo("bash");
        assertThat(process.getParentProcess().getFile().getPath()).isEqualTo("/usr/bin/bash");
        assertThat(event.getLedgerRow()).isEqualTo(1);
        assertThat(event.hasContainer()).isFalse();
        assertThat(event.hasOrigin()).isFalse();
    }

    @Test
    void secretsAreMaskedInEveryEventOfTheProcessAndCounted() {
        sensor.feed(
                kernel.exec(20, 10, "app", "/app", "app", "--password=hunter2"),
                kernel.open(20, 10, "/tmp/x", 0x41, 3));
        for (Event event : sensor.events()) {
            assertThat(event.getProcess().getCmdLine()).isEqualTo("app --password=***");
            assertThat(event.getRedacted()).isEqualTo(1);
        }
        assertThat(sensor.pipeline().redacted()).isEqualTo(1);
    }

    @Test
    void flagsOfTheExecutableAreKept() {
        Event event = sensor.feed(kernel.flags(EventFlags.UPPER_LAYER | EventFlags.ARGS_TRUNCATED)
                        .exec(20, 10, "x", "/x", "x"))
                .lastEvent();
        assertThat(event.getProcess().getFile().getUpperLayer()).isTrue();
        assertThat(event.getProcessActivity().getArgumentsTruncated()).isTrue();
    }

    @Test
    void aForkNamesParentAndChildAndTheChildHasTheParentsImage() {
        Event fork = sensor.feed(kernel.fork(10, 1, 30)).lastEvent();
        assertThat(fork.getProcess().getPid()).isEqualTo(10);
        Process child = fork.getProcessActivity().getChild();
        assertThat(child.getPid()).isEqualTo(30);
        assertThat(child.getParentPid()).isEqualTo(10);
        assertThat(child.getName()).isEqualTo("bash");
        Event open = sensor.feed(kernel.open(30, 10, "/tmp/y", 0x41, 3)).lastEvent();
        assertThat(open.getProcess().getName()).isEqualTo("bash");
        assertThat(open.getProcess().getParentProcess().getPid()).isEqualTo(10);
    }

    @Test
    void anExitKeepsStatusAndSignal() {
        Event exit = sensor.feed(kernel.exit(10, 1, 3, 9)).lastEvent();
        assertThat(exit.getProcessActivity().getExitCode()).isEqualTo(3);
        assertThat(exit.getProcessActivity().getExitSignal()).isEqualTo(9);
        Event late = sensor.feed(kernel.open(10, 1, "/late", 0x41, 3)).lastEvent();
        assertThat(late.getProcess().getName()).isEqualTo("bash");
    }

    @Test
    void anOpenNamesFileFlagsAndResult() {
        Event open = sensor.feed(
                        kernel.flags(EventFlags.CREATED).open(10, 1, "/etc/cron.d/x", 0x241, 7),
                        kernel.open(10, 1, "/etc/shadow", 0, -13))
                .lastEvent();
        assertThat(open.getFileSystemActivity().getResult()).isEqualTo(-13);
        assertThat(open.getFileSystemActivity().getFile().getPath()).isEqualTo("/etc/shadow");
        Event created = sensor.events().getFirst();
        assertThat(created.getFileSystemActivity().getCreated()).isTrue();
        assertThat(created.getFileSystemActivity().getOpenFlags()).isEqualTo(0x241);
        assertThat(created.getFileSystemActivity().getMode()).isEqualTo(0644);
    }

    @Test
    void theSourceOfAConnectionIsWhoOpenedIt() {
        sensor.feed(
                kernel.network(EventType.CONNECT, 10, 1, "10.0.0.1", 4000, "10.0.0.2", 3333),
                kernel.network(EventType.ACCEPT, 10, 1, "10.0.0.1", 80, "10.0.0.9", 5000),
                kernel.network(EventType.LISTEN, 10, 1, "::1", 8080, "::", 0));
        List<Event> events = sensor.events();
        assertThat(events.get(0).getNetworkActivity().getSrcEndpoint().getPort())
                .isEqualTo(4000);
        assertThat(events.get(0).getNetworkActivity().getDstEndpoint().getIp().toByteArray())
                .containsExactly(10, 0, 0, 2);
        assertThat(events.get(1).getNetworkActivity().getSrcEndpoint().getPort())
                .isEqualTo(5000);
        assertThat(events.get(1).getNetworkActivity().getDstEndpoint().getPort())
                .isEqualTo(80);
        assertThat(events.get(2).getNetworkActivity().getSrcEndpoint().getIp().size())
                .isEqualTo(16);
        assertThat(events.get(2).getNetworkActivity().hasDstEndpoint()).isFalse();
        assertThat(events.get(2).getNetworkActivity().getProtocolNum()).isEqualTo(6);
    }

    @Test
    void theContainerComesFromTheCgroupsPathOrIsAskedFor() {
        String id = "ab".repeat(32);
        source.cgroup(900, "/docker/" + "cd".repeat(32));
        sensor.feed(
                kernel.cgroupKey(800).row(4).execIn("/kubepods/podx/" + id, 20, 10, "x", "/x", "x"),
                kernel.open(20, 10, "/y", 0x41, 3),
                kernel.cgroupKey(900).row(5).open(20, 10, "/z", 0x41, 3));
        assertThat(sensor.events())
                .extracting(event -> event.getContainer().getUid())
                .containsExactly(id, id, "cd".repeat(32));
        assertThat(source.ledger().container(4)).isEqualTo(id);
    }

    @Test
    void aReplayedEventKeepsItsFirstIdentity() {
        FixtureSource capture = new FixtureSource().from(new HostFacts.CaptureOrigin("n1", "b1", "sensor", 42));
        Event event = new PipelineFixture(capture)
                .feed(kernel.exec(20, 10, "ls", "/ls", "ls"))
                .lastEvent();
        assertThat(event.getOrigin().getNode()).isEqualTo("n1");
        assertThat(event.getOrigin().getEpoch()).isEqualTo(42);
        assertThat(event.getOrigin().getTimeBootNs()).isGreaterThanOrEqualTo(RawRecords.START);
        assertThat(event.getTimeBootNs()).isNotEqualTo(event.getOrigin().getTimeBootNs());
    }

    @Property(tries = 300)
    void namesOfAnyBytesBecomeText(
            @ForAll @Size(max = 15) byte[] comm,
            @ForAll @Size(max = 200) byte[] path,
            @ForAll @Size(max = 400) byte[] argument,
            @ForAll @Size(max = 100) byte[] file) {
        byte[] name = without(comm, (byte) 0);
        byte[] exe = without(path, (byte) 0, (byte) '/');
        byte[] args = without(argument, (byte) 0);
        byte[] all = new byte[args.length + 3];
        all[0] = 'x';
        System.arraycopy(args, 0, all, 2, args.length);
        byte[] opened = without(file, (byte) 0, (byte) '/');
        PipelineFixture fresh = new PipelineFixture(new FixtureSource());
        fresh.feed(
                kernel.exec(EventType.EXEC, 20, 10, name, rooted(exe), all, rooted(exe), "/"),
                kernel.open(20, 10, rooted(opened), 0x41, 3));
        Event exec = fresh.events().getFirst();
        assertThat(exec.getProcess().getName()).isEqualTo(text(name));
        assertThat(exec.getProcess().getFile().getPath()).isEqualTo(text(rooted(exe)));
        if (exec.getRedacted() == 0) {
            assertThat(exec.getProcess().getCmdLine()).isEqualTo(args.length == 0 ? "x" : "x " + text(args));
        }
        assertThat(fresh.lastEvent().getFileSystemActivity().getFile().getPath())
                .isEqualTo(text(rooted(opened)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] rooted(byte[] name) {
        byte[] path = new byte[name.length + 1];
        path[0] = '/';
        System.arraycopy(name, 0, path, 1, name.length);
        return path;
    }

    private static byte[] without(byte[] bytes, byte... bad) {
        byte[] clean = bytes.clone();
        for (int i = 0; i < clean.length; i++) {
            // The one lead byte of which the JDK, the model here, replaces two bytes by one character.
            clean[i] = clean[i] == (byte) 0xED ? (byte) 0xEC : clean[i];
            for (byte b : bad) {
                if (clean[i] == b) {
                    clean[i] = (byte) 0x80;
                }
            }
        }
        return clean;
    }
}
