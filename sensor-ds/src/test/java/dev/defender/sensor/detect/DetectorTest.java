/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.defender.protocol.v1.DetectionFinding;
import dev.defender.protocol.v1.Process;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.v1.Severity;
import dev.defender.protocol.wire.RecordClasses;
import dev.defender.rules.Matching;
import dev.defender.rules.RuleMatcher;
import dev.defender.rules.RuleSet;
import dev.defender.rules.RuleSetReference;
import dev.defender.sensor.FixtureSource;
import dev.defender.sensor.PipelineFixture;
import dev.defender.sensor.RawRecords;
import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.ledger.Cells;
import dev.defender.sensor.state.BufferPool;
import dev.defender.sensor.state.ProcessTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorTest {
    @TempDir
    Path directory;

    private final RawRecords kernel = new RawRecords();
    private final FixtureSource source = new FixtureSource()
            .task(kernel.task(10, 1, "sshd", "/usr/sbin/sshd", "sshd: alice"))
            .task(kernel.task(11, 10, "bash", "/usr/bin/bash", "-bash", "--token", "abc"));

    @Test
    void aMatchIsAFindingWithTriggerAncestorsAndMaskedText() throws Exception {
        PipelineFixture sensor = sensor("evt.type=execve and proc.args contains \"password=hunter2\"");
        sensor.feed(kernel.exec(12, 11, "app", "/opt/app", "app", "--password=hunter2"));
        DetectionFinding finding = sensor.findings().getFirst();
        assertThat(finding.getRule()).isEqualTo("Test rule");
        assertThat(finding.getSeverity()).isEqualTo(Severity.SEVERITY_MEDIUM);
        assertThat(finding.getMessage()).isEqualTo("ran app --password=*** by bash of sshd in host");
        assertThat(finding.getTriggerClass()).isEqualTo(RecordClass.RECORD_CLASS_EXEC);
        assertThat(finding.getTrigger()).isEqualTo(sensor.lastEvent());
        assertThat(finding.getTriggerSequence()).isEqualTo(1);
        assertThat(finding.getTriggerEpoch()).isEqualTo(PipelineFixture.EPOCH);
        assertThat(finding.getAncestorsList()).extracting(Process::getName).containsExactly("bash", "sshd");
        assertThat(finding.getAncestors(0).getCmdLine()).isEqualTo("-bash --token ***");
        assertThat(finding.toString()).doesNotContain("hunter2").doesNotContain("abc");
        assertThat(source.ledger().captured(Cells.cell(RecordClasses.DETECTION, 1)))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evt.type=openat and fd.name=/etc/shadow and evt.is_open_read=true",
                "evt.type in (open, openat) and fd.directory=/etc and fd.filename=shadow",
                "evt.type=openat and evt.res=SUCCESS and fd.typechar=f and fd.num>=0",
                "evt.type=connect and fd.sport=3333 and fd.sip=\"10.0.0.2\" and fd.cip=\"10.0.0.1\"",
                "evt.type=connect and fd.rport=3333 and fd.lip=\"10.0.0.1\" and fd.l4proto=tcp and fd.type=ipv4",
                "evt.type in (accept, accept4) and fd.sport=80 and fd.cport=5000 and fd.typechar=4",
                "evt.type=listen and fd.sport=8080 and fd.typechar=6",
                "evt.type=execve and proc.name=app and proc.exepath=/opt/app and proc.pname=bash",
                "evt.type=execve and proc.aname[2]=sshd and proc.cwd startswith /srv/app",
                "evt.type=execve and user.name=alice and user.uid=1000 and container.id=host and group.gid=100",
                "evt.type=execve and proc.tty != 0 and proc.pid=12 and proc.ppid=11 and proc.exe=app",
                "evt.type=execve and thread.cap_permitted contains CAP_CHOWN",
            })
    void rulesSeeWhatTheEventsCarry(String condition) throws Exception {
        PipelineFixture sensor = sensor(condition);
        sensor.feed(
                kernel.exec(12, 11, "app", "/opt/app", "app", "x"),
                kernel.open(12, 11, "/etc/shadow", 0, 3),
                kernel.network(EventType.CONNECT, 12, 11, "10.0.0.1", 4000, "10.0.0.2", 3333),
                kernel.network(EventType.ACCEPT, 12, 11, "10.0.0.1", 80, "10.0.0.9", 5000),
                kernel.network(EventType.LISTEN, 12, 11, "::1", 8080, "::", 0));
        assertThat(sensor.findings()).hasSize(1);
    }

    private PipelineFixture sensor(String condition) throws Exception {
        Path file = directory.resolve("rules.yaml");
        Files.writeString(file, """
                - rule: Test rule
                  desc: a test
                  condition: %s
                  output: ran %%proc.cmdline by %%proc.pname of %%proc.aname[2] in %%container.id
                  priority: WARNING
                """.formatted(condition));
        RuleMatcher matcher = new RuleMatcher(new RuleSetReference(RuleSet.load(List.of(file), Matching.ALL)));
        return new PipelineFixture(source, matcher::match, new ProcessTable(64, new BufferPool(1 << 20)));
    }
}
