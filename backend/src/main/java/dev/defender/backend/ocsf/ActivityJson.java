/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ocsf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.FileSystemActivity;
import dev.defender.protocol.v1.NetworkActivity;
import dev.defender.protocol.v1.NetworkEndpoint;
import dev.defender.protocol.v1.ProcessActivity;
import dev.defender.protocol.wire.RecordClasses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What happened: the parts of an OCSF event that depend on its class. */
final class ActivityJson {
    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;

    private ActivityJson() {}

    static OcsfClass classOf(int recordClass, Event event) {
        return switch (recordClass) {
            case RecordClasses.EXEC, RecordClasses.FORK -> OcsfClass.LAUNCH;
            case RecordClasses.EXIT -> OcsfClass.TERMINATE;
            case RecordClasses.CONNECT, RecordClasses.ACCEPT -> OcsfClass.NETWORK_OPEN;
            case RecordClasses.LISTEN -> OcsfClass.NETWORK_LISTEN;
            case RecordClasses.OPEN ->
                event.getFileSystemActivity().getCreated() ? OcsfClass.FILE_CREATE : OcsfClass.FILE_OPEN;
            default -> OcsfClass.BASE;
        };
    }

    /** Who did it, to what. */
    static void objects(JsonGenerator json, ProcessJson processes, int recordClass, Event event) throws IOException {
        switch (recordClass) {
            case RecordClasses.EXEC -> {
                processes.actor(processes.parentOf(event.getProcess()));
                processes.field("process", event.getProcess());
            }
            case RecordClasses.FORK -> {
                processes.actor(event.getProcess());
                processes.field("process", event.getProcessActivity().getChild());
            }
            case RecordClasses.EXIT -> {
                processes.actor(event.getProcess());
                processes.field("process", event.getProcess());
                json.writeNumberField("exit_code", event.getProcessActivity().getExitCode());
            }
            case RecordClasses.OPEN -> {
                processes.actor(event.getProcess());
                file(json, processes, event.getFileSystemActivity());
            }
            case RecordClasses.CONNECT, RecordClasses.ACCEPT, RecordClasses.LISTEN -> {
                processes.actor(event.getProcess());
                network(json, recordClass, event.getNetworkActivity());
            }
            default -> processes.actor(event.getProcess());
        }
        if (event.hasContainer()) {
            ContainerJson.container(json, event.getContainer());
        }
    }

    /** What OCSF has no attribute for, into the open object "defender". */
    static void extras(JsonGenerator json, Event event) throws IOException {
        json.writeNumberField("ledger_row", Integer.toUnsignedLong(event.getLedgerRow()));
        json.writeNumberField("redacted", Integer.toUnsignedLong(event.getRedacted()));
        json.writeNumberField("repaired", Integer.toUnsignedLong(event.getRepaired()));
        switch (event.getActivityCase()) {
            case PROCESS_ACTIVITY -> {
                ProcessActivity activity = event.getProcessActivity();
                json.writeNumberField("exit_signal", activity.getExitSignal());
                json.writeBooleanField("arguments_truncated", activity.getArgumentsTruncated());
            }
            case FILE_SYSTEM_ACTIVITY -> {
                FileSystemActivity activity = event.getFileSystemActivity();
                json.writeNumberField("mode", activity.getMode());
                json.writeNumberField("result", activity.getResult());
                json.writeBooleanField("racy", activity.getRacy());
            }
            case NETWORK_ACTIVITY, ACTIVITY_NOT_SET -> {}
        }
        if (event.hasOrigin()) {
            json.writeObjectFieldStart("origin");
            json.writeStringField("node", event.getOrigin().getNode());
            json.writeStringField("boot_id", event.getOrigin().getBootId());
            json.writeStringField("producer", event.getOrigin().getProducer());
            json.writeStringField(
                    "epoch", Long.toUnsignedString(event.getOrigin().getEpoch()));
            json.writeStringField(
                    "time_boot_ns", Long.toUnsignedString(event.getOrigin().getTimeBootNs()));
            json.writeEndObject();
        }
    }

    private static void file(JsonGenerator json, ProcessJson processes, FileSystemActivity activity)
            throws IOException {
        processes.file("file", activity.getFile());
        json.writeNumberField("access_mask", Integer.toUnsignedLong(activity.getOpenFlags()));
        boolean refused = activity.getResult() < 0;
        json.writeNumberField("status_id", refused ? 2 : 1);
        json.writeStringField("status", refused ? "Failure" : "Success");
    }

    private static void network(JsonGenerator json, int recordClass, NetworkActivity activity) throws IOException {
        endpoint(json, "src_endpoint", activity.hasSrcEndpoint(), activity.getSrcEndpoint());
        endpoint(json, "dst_endpoint", activity.hasDstEndpoint(), activity.getDstEndpoint());
        json.writeObjectFieldStart("connection_info");
        json.writeNumberField("direction_id", recordClass == RecordClasses.CONNECT ? OUTBOUND : INBOUND);
        json.writeNumberField("protocol_num", activity.getProtocolNum());
        json.writeEndObject();
    }

    private static void endpoint(JsonGenerator json, String name, boolean present, NetworkEndpoint endpoint)
            throws IOException {
        if (!present) {
            return;
        }
        json.writeObjectFieldStart(name);
        ByteString ip = endpoint.getIp();
        if (ip.size() == 4 || ip.size() == 16) {
            json.writeStringField("ip", address(ip));
        }
        json.writeNumberField("port", endpoint.getPort());
        json.writeEndObject();
    }

    private static String address(ByteString ip) {
        try {
            return InetAddress.getByAddress(ip.toByteArray()).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + ip.size() + " bytes", e);
        }
    }
}
