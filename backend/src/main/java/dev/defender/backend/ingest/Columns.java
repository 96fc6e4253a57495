/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.protocol.v1.Event;
import dev.defender.protocol.v1.File;
import dev.defender.protocol.v1.NetworkActivity;
import dev.defender.protocol.v1.NetworkEndpoint;
import dev.defender.protocol.v1.Process;
import org.jspecify.annotations.Nullable;

/** What of an event stands in columns of its own, so that it can be searched; null = the event does not have it. */
record Columns(
        @Nullable Long userUid,
        @Nullable Integer pid,
        @Nullable Integer parentPid,
        @Nullable Integer sourcePort,
        @Nullable Integer destinationPort,
        @Nullable Place place,
        @Nullable String processName,
        @Nullable String processPath,
        @Nullable String commandLine,
        @Nullable String parentName,
        @Nullable String filePath,
        byte @Nullable [] sourceIp,
        byte @Nullable [] destinationIp) {
    static final Columns NONE =
            new Columns(null, null, null, null, null, null, null, null, null, null, null, null, null);

    static Columns of(Event event) {
        Process process = event.getProcess();
        boolean known = event.hasProcess();
        NetworkActivity network = event.getNetworkActivity();
        NetworkEndpoint source = network.hasSrcEndpoint() ? network.getSrcEndpoint() : null;
        NetworkEndpoint destination = network.hasDstEndpoint() ? network.getDstEndpoint() : null;
        return new Columns(
                process.hasUser() ? Integer.toUnsignedLong(process.getUser().getUid()) : null,
                known ? process.getPid() : null,
                parentPid(process),
                source == null ? null : source.getPort(),
                destination == null ? null : destination.getPort(),
                event.hasContainer() ? Place.of(event.getContainer()) : null,
                text(process.getName()),
                text(process.getFile().getPath()),
                text(process.getCmdLine()),
                text(process.getParentProcess().getName()),
                file(event),
                source == null ? null : source.getIp().toByteArray(),
                destination == null ? null : destination.getIp().toByteArray());
    }

    private static @Nullable Integer parentPid(Process process) {
        int pid = process.hasParentProcess() ? process.getParentProcess().getPid() : process.getParentPid();
        return pid == 0 ? null : pid;
    }

    private static @Nullable String file(Event event) {
        File file = event.getFileSystemActivity().getFile();
        return text(file.getPath());
    }

    static @Nullable String text(String value) {
        return value.isEmpty() ? null : CopyBuffer.withoutNul(value);
    }
}
