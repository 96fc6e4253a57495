/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.testbed;

import com.google.protobuf.ByteString;
import dev.defender.backend.store.AlertRow;
import dev.defender.backend.store.EventRow;
import dev.defender.backend.store.InventoryListRow;
import dev.defender.backend.store.InventoryRow;
import dev.defender.protocol.v1.Container;
import dev.defender.protocol.v1.ContextState;
import dev.defender.protocol.v1.DetectionFinding;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.File;
import dev.defender.protocol.v1.FileSystemActivity;
import dev.defender.protocol.v1.Lane;
import dev.defender.protocol.v1.NetworkActivity;
import dev.defender.protocol.v1.NetworkEndpoint;
import dev.defender.protocol.v1.Origin;
import dev.defender.protocol.v1.Pod;
import dev.defender.protocol.v1.Process;
import dev.defender.protocol.v1.ProcessActivity;
import dev.defender.protocol.v1.RecordClass;
import dev.defender.protocol.v1.Session;
import dev.defender.protocol.v1.Severity;
import dev.defender.protocol.v1.User;
import dev.defender.protocol.v1.Workload;
import dev.defender.protocol.wire.RecordClasses;
import java.time.Instant;

/** Records of every class with every field set. */
public final class SampleRows {
    public static final long BOOT_NS = 5_000_000_000_000L;
    public static final Instant TIME = Instant.parse("2026-11-25T12:00:00.123456Z");
    public static final String CONTAINER = "ab".repeat(32);

    private SampleRows() {}

    public static EventRow row(long position, int recordClass, byte[] body) {
        return new EventRow(
                position,
                TIME.plusMillis(250),
                "3f0c8f0e-0000-4000-8000-000000000001",
                "node-1",
                "6f3a6a0e-9d43-4e5c-8a3f-0f6f7a1d2b3c",
                "sensor",
                1_000_000_000L,
                recordClass == RecordClasses.DETECTION ? 1 : 0,
                position,
                recordClass,
                BOOT_NS,
                TIME,
                body);
    }

    public static Process process(String name, int pid) {
        return Process.newBuilder()
                .setPid(pid)
                .setCreatedTimeBootNs(BOOT_NS - 2_000_000_000L)
                .setName(name)
                .setCmdLine(name + " -c \"id\" \u0000\u202e")
                .setExe("/bin/" + name)
                .setFile(File.newBuilder()
                        .setPath("/usr/bin/" + name)
                        .setInode(77)
                        .setUpperLayer(true))
                .setUser(User.newBuilder().setUid(33).setGid(33).setEuid(0).setName("www-data"))
                .setWorkingDirectory("/srv")
                .setSession(Session.newBuilder().setLoginUid(1000).setTerminal(136 << 8 | 2))
                .setCapEffective(1L << 21)
                .setCapPermitted(1L << 21)
                .setCapInheritable(1)
                .setParentPid(1)
                .build();
    }

    private static Event.Builder event() {
        return Event.newBuilder()
                .setTimeBootNs(BOOT_NS)
                .setProcess(process("sh", 4711).toBuilder().setParentProcess(process("bash", 4000)))
                .setContainer(container())
                .setLedgerRow(3)
                .setRedacted(1)
                .setRepaired(1)
                .setOrigin(Origin.newBuilder()
                        .setNode("old")
                        .setBootId("b")
                        .setProducer("sensor")
                        .setEpoch(1)
                        .setTimeBootNs(2));
    }

    /** An exec, fork or exit. */
    public static Event exec() {
        return event().setProcessActivity(ProcessActivity.newBuilder()
                        .setChild(process("child", 4712))
                        .setExitCode(3)
                        .setExitSignal(9)
                        .setArgumentsTruncated(true))
                .build();
    }

    public static Event network(byte[] address) {
        return event().setNetworkActivity(NetworkActivity.newBuilder()
                        .setSrcEndpoint(NetworkEndpoint.newBuilder()
                                .setIp(ByteString.copyFrom(new byte[] {127, 0, 0, 1}))
                                .setPort(40000))
                        .setDstEndpoint(NetworkEndpoint.newBuilder()
                                .setIp(ByteString.copyFrom(address))
                                .setPort(3333))
                        .setProtocolNum(6))
                .build();
    }

    public static Event open(boolean created, int result) {
        return event().setFileSystemActivity(FileSystemActivity.newBuilder()
                        .setFile(File.newBuilder()
                                .setPath("/etc/shadow")
                                .setInode(9)
                                .setMemfd(true))
                        .setOpenFlags(2)
                        .setMode(0600)
                        .setResult(result)
                        .setRacy(result < 0)
                        .setCreated(created))
                .build();
    }

    public static DetectionFinding finding(RecordClass trigger, Event event) {
        return DetectionFinding.newBuilder()
                .setTimeBootNs(BOOT_NS)
                .setAlertType("K8S.NODE_Test")
                .setRule("Test rule")
                .setSeverity(Severity.SEVERITY_HIGH)
                .setMessage("sh ran")
                .addTags("mitre_execution")
                .setTriggerClass(trigger)
                .setTrigger(event)
                .setTriggerEpoch(1_000_000_000L)
                .setTriggerLane(Lane.LANE_BULK)
                .setTriggerSequence(7)
                .addAncestors(process("bash", 4000))
                .addAncestors(process("sshd", 3000))
                .setRuleSet("9f3c")
                .setDedupKey("k")
                .setLedgerRow(3)
                .build();
    }

    public static Container.Builder container() {
        return Container.newBuilder()
                .setUid(CONTAINER)
                .setName("web")
                .setImage("registry:5000/shop/web:1.25@sha256:ab")
                .setImageDigest("sha256:ab")
                .setRuntime("containerd")
                .setContext(ContextState.CONTEXT_STATE_FULL)
                .setPod(Pod.newBuilder()
                        .setName("web-1")
                        .setNamespace("shop")
                        .setUid("11111111-2222-3333-4444-555555555555")
                        .putLabels("app", "web")
                        .setWorkload(Workload.newBuilder().setKind("Deployment").setName("web")));
    }

    public static AlertRow alert(long position, RecordClass trigger, Event event) {
        return new AlertRow(
                "%032x".formatted(position),
                "new",
                1,
                row(position, RecordClasses.DETECTION, finding(trigger, event).toByteArray()),
                null);
    }

    /** An object of the inventory that is there, or is gone. */
    public static InventoryRow object(String cluster, boolean gone) {
        return new InventoryRow(
                gone ? 2 : 1,
                cluster,
                gone ? "uid-2" : "uid-1",
                "pods",
                "v1",
                "Pod",
                "default",
                "web",
                7,
                "ReplicaSet",
                "web-1",
                "uid-3",
                0,
                TIME,
                TIME,
                gone ? TIME : null,
                "{}");
    }

    /** A list that came whole, or that runs for the first time. */
    public static InventoryListRow list(String cluster, boolean complete) {
        return complete
                ? new InventoryListRow(cluster, "pods", "complete", "", 2, TIME, TIME, TIME)
                : new InventoryListRow(cluster, "nodes", "running", "", 0, TIME, null, null);
    }
}
