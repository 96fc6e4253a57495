/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.kernel;

import dev.defender.sensor.decode.EventType;
import dev.defender.sensor.decode.ExecEvent;
import dev.defender.sensor.decode.NetworkEvent;
import dev.defender.sensor.decode.OpenEvent;
import dev.defender.sensor.decode.RawEvent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A copy of an event, kept after the call. Bytes become chars one to one. */
record Seen(
        int type,
        int flags,
        int pid,
        int tid,
        int parentPid,
        long timeBootNs,
        long startBootNs,
        long parentStartBootNs,
        long cgroupKey,
        int ledgerRow,
        int uid,
        int gid,
        int euid,
        int loginUid,
        String comm,
        Exec exec,
        Fork fork,
        Exit exit,
        Net net,
        Open open) {
    record Exec(
            List<String> args,
            String filename,
            String exe,
            String cwd,
            String cgroup,
            long inode,
            int tty,
            long capEffective,
            long capPermitted,
            long capInheritable) {}

    record Fork(int childPid, long childStart, int childParent, long childCgroup, String childComm) {}

    record Exit(int code, int signal) {}

    record Net(int family, int protocol, String local, int localPort, String remote, int remotePort, int fd) {}

    record Open(String path, String cwd, int result, int openFlags, int mode, long inode) {}

    private interface Copy {
        int copy(byte[] to, int at);
    }

    static Seen of(RawEvent event) {
        int type = event.type();
        boolean execs = type == EventType.EXEC || type == EventType.TASK;
        boolean network = type == EventType.CONNECT || type == EventType.ACCEPT || type == EventType.LISTEN;
        return new Seen(
                type,
                event.flags(),
                event.pid(),
                event.tid(),
                event.parentPid(),
                event.timeBootNs(),
                event.startBootNs(),
                event.parentStartBootNs(),
                event.cgroupKey(),
                event.ledgerRow(),
                event.uid(),
                event.gid(),
                event.euid(),
                event.loginUid(),
                text(event::copyComm),
                execs ? exec(event.exec()) : new Exec(List.of(), "", "", "", "", 0, 0, 0, 0, 0),
                type == EventType.FORK ? fork(event) : new Fork(0, 0, 0, 0, ""),
                type == EventType.EXIT
                        ? new Exit(event.exit().code(), event.exit().signal())
                        : new Exit(0, 0),
                network ? net(event.network()) : new Net(0, 0, "", 0, "", 0, 0),
                type == EventType.OPEN ? open(event.open()) : new Open("", "", 0, 0, 0, 0));
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private static Exec exec(ExecEvent e) {
        String args = text(e::copyArgs);
        List<String> list = args.isEmpty()
                ? List.of()
                : Arrays.asList((args.endsWith("\0") ? args.substring(0, args.length() - 1) : args).split("\0", -1));
        return new Exec(
                list,
                text(e::copyFilename),
                text(e::copyExe),
                text(e::copyCwd),
                text(e::copyCgroup),
                e.exeInode(),
                e.tty(),
                e.capEffective(),
                e.capPermitted(),
                e.capInheritable());
    }

    private static Fork fork(RawEvent event) {
        return new Fork(
                event.fork().childPid(),
                event.fork().childStartBootNs(),
                event.fork().childParentPid(),
                event.fork().childCgroupKey(),
                text(event.fork()::copyChildComm));
    }

    private static Net net(NetworkEvent e) {
        return new Net(
                e.family(),
                e.protocol(),
                address(e::copyLocalAddress),
                e.localPort(),
                address(e::copyRemoteAddress),
                e.remotePort(),
                e.fd());
    }

    private static Open open(OpenEvent e) {
        return new Open(text(e::copyPath), text(e::copyCwd), e.result(), e.openFlags(), e.mode(), e.inode());
    }

    private static String text(Copy copy) {
        byte[] bytes = new byte[RawEvent.MAX_TEXT];
        return new String(bytes, 0, copy.copy(bytes, 0), StandardCharsets.ISO_8859_1);
    }

    private static String address(Copy copy) {
        byte[] bytes = new byte[16];
        int length = copy.copy(bytes, 0);
        try {
            return InetAddress.getByAddress(Arrays.copyOf(bytes, length)).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
