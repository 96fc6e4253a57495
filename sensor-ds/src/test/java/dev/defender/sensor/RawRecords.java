/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.sensor.decode.EventType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Ring records as event.h lays them out, written by hand. */
public final class RawRecords {
    /** CLOCK_BOOTTIME ns of the first record. */
    public static final long START = 1_000_000_000L;

    private long clock = START;
    private int uid = 1000;
    private int loginUid = -1;
    private int row = 1;
    private long cgroupKey = 77;
    private int flags;

    public RawRecords uid(int value) {
        uid = value;
        return this;
    }

    public RawRecords row(int value) {
        row = value;
        return this;
    }

    public RawRecords cgroupKey(long value) {
        cgroupKey = value;
        return this;
    }

    /** Of the next record only. */
    public RawRecords flags(int value) {
        flags = value;
        return this;
    }

    /** Start time of a process in all records of this class: one per pid. */
    public static long startOf(int pid) {
        return 1_000L * pid;
    }

    public byte[] exec(int pid, int ppid, String comm, String exe, String... args) {
        return exec(EventType.EXEC, pid, ppid, ascii(comm), ascii(exe), joined(args), ascii("/srv/app"), "/user.slice");
    }

    public byte[] task(int pid, int ppid, String comm, String exe, String... args) {
        return exec(EventType.TASK, pid, ppid, ascii(comm), ascii(exe), joined(args), ascii("/"), "/user.slice");
    }

    public byte[] execIn(String cgroup, int pid, int ppid, String comm, String exe, String... args) {
        return exec(EventType.EXEC, pid, ppid, ascii(comm), ascii(exe), joined(args), ascii("/srv/app"), cgroup);
    }

    public byte[] taskIn(String cgroup, int pid) {
        return exec(EventType.TASK, pid, 0, ascii("init"), ascii("/init"), joined("init"), ascii("/"), cgroup);
    }

    /** @param args each ended by NUL */
    public byte[] exec(
            int type, int pid, int ppid, byte[] comm, byte[] exe, byte[] args, byte[] directory, String cgroup) {
        byte[] path = section(exe);
        byte[] cwd = section(directory);
        byte[] group = section(ascii(cgroup));
        int length = 152 + args.length + path.length + cwd.length + group.length;
        ByteBuffer record = header(type, length, pid, ppid, comm);
        record.putLong(96, 0x1)
                .putLong(104, 0x3)
                .putLong(112, 0)
                .putLong(120, 4711)
                .putInt(132, 34816);
        record.putShort(140, (short) args.length)
                .putShort(144, (short) path.length)
                .putShort(146, (short) cwd.length)
                .putShort(148, (short) group.length);
        record.position(152);
        record.put(args).put(path).put(cwd).put(group);
        return record.array();
    }

    public byte[] fork(int pid, int ppid, int child) {
        ByteBuffer record = header(EventType.FORK, 152, pid, ppid, ascii("fork"));
        record.putLong(96, startOf(child)).putLong(104, cgroupKey).putLong(112, startOf(pid));
        record.putInt(120, child).putInt(124, pid).putInt(128, row);
        return record.array();
    }

    public byte[] exit(int pid, int ppid, int code, int signal) {
        return header(EventType.EXIT, 104, pid, ppid, ascii("exit"))
                .putInt(96, code)
                .putInt(100, signal)
                .array();
    }

    public byte[] open(int pid, int ppid, String path, int openFlags, int result) {
        return open(pid, ppid, ascii(path), openFlags, result);
    }

    public byte[] open(int pid, int ppid, byte[] path, int openFlags, int result) {
        byte[] section = section(path);
        ByteBuffer record = header(EventType.OPEN, 128 + section.length, pid, ppid, ascii("open"));
        record.putLong(96, 99).putInt(104, result).putInt(108, openFlags).putInt(112, 0644);
        record.putShort(120, (short) section.length);
        record.position(128);
        record.put(section);
        return record.array();
    }

    public byte[] network(int type, int pid, int ppid, String local, int localPort, String remote, int remotePort) {
        ByteBuffer record = header(type, 144, pid, ppid, ascii("net"));
        record.putShort(96, (short) (local.contains(":") ? 6 : 4)).putShort(98, (short) 6);
        record.putShort(100, (short) localPort)
                .putShort(102, (short) remotePort)
                .putInt(104, 5);
        record.put(112, address(local)).put(128, address(remote));
        return record.array();
    }

    private ByteBuffer header(int type, int length, int pid, int ppid, byte[] comm) {
        ByteBuffer record = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        record.putShort(0, (short) type)
                .putShort(2, (short) 1)
                .putInt(4, length)
                .putLong(8, clock++);
        record.putLong(16, cgroupKey).putLong(24, startOf(pid)).putLong(32, startOf(ppid));
        record.putInt(40, pid).putInt(44, pid).putInt(48, ppid).putInt(52, uid).putInt(56, 100);
        record.putInt(60, uid).putInt(64, loginUid).putInt(68, row).putInt(72, flags);
        record.put(80, Arrays.copyOf(comm, Math.min(16, comm.length)));
        flags = 0;
        return record;
    }

    /** Leaf first, each name ended by NUL. */
    private byte[] section(byte[] path) {
        ByteBuffer out = ByteBuffer.allocate(path.length + 1);
        int end = path.length;
        for (int i = path.length - 1; i >= -1; i--) {
            if (i < 0 || path[i] == '/') {
                if (end - i > 1) {
                    out.put(path, i + 1, end - i - 1).put((byte) 0);
                }
                end = i;
            }
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    public static byte[] joined(String... args) {
        return ascii(args.length == 0 ? "" : String.join("\0", args) + "\0");
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] address(String literal) {
        try {
            return literal.isEmpty()
                    ? new byte[0]
                    : InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
