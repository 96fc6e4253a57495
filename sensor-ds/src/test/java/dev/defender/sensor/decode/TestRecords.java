/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Ring records made by hand, for what no kernel need deliver. Offsets of event.h. */
public final class TestRecords {
    private TestRecords() {}

    private static ByteBuffer record(int type, int length, int pid) {
        ByteBuffer b = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        b.putShort(0, (short) type).putShort(2, (short) 1).putInt(4, length);
        b.putLong(8, 1_000_000L * pid).putLong(16, 7L << 56 | 42).putLong(24, 900_000L * pid);
        b.putInt(40, pid)
                .putInt(44, pid)
                .putInt(48, 1)
                .putInt(52, 1000)
                .putInt(56, 1001)
                .putInt(60, 1002);
        b.putInt(64, 1003).putInt(68, 5);
        b.put(80, "test".getBytes(StandardCharsets.US_ASCII));
        return b;
    }

    /** Leaf first, each ended by NUL. */
    private static byte[] path(String path) {
        StringBuilder section = new StringBuilder();
        for (String name : List.of(path.split("/", -1)).reversed()) {
            if (!name.isEmpty()) {
                section.append(name).append('\0');
            }
        }
        return section.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** EXEC or TASK in cgroup {@code 7 << 56 | 42}, row 5. */
    public static ByteBuffer exec(int type, int pid, String args, String exe) {
        byte[] argBytes = args.getBytes(StandardCharsets.ISO_8859_1);
        byte[][] sections = {argBytes, "file".getBytes(StandardCharsets.US_ASCII), path(exe), path("/"), path("/pod/c1")
        };
        int length = 152;
        for (byte[] section : sections) {
            length += section.length;
        }
        ByteBuffer b = record(type, length, pid);
        b.putLong(120, 77);
        int at = 152;
        for (int i = 0; i < sections.length; i++) {
            b.putShort(140 + 2 * i, (short) sections[i].length);
            b.put(at, sections[i]);
            at += sections[i].length;
        }
        return b;
    }

    public static ByteBuffer fork(int pid, int child) {
        ByteBuffer b = record(EventType.FORK, 152, pid);
        b.putLong(104, b.getLong(16)).putInt(120, child).putInt(124, pid).putInt(128, 5);
        return b;
    }

    public static ByteBuffer exit(int pid, int code) {
        return record(EventType.EXIT, 104, pid).putInt(96, code);
    }

    public static ByteBuffer connect(int pid) {
        return record(EventType.CONNECT, 144, pid).putShort(96, (short) 4).putShort(102, (short) 443);
    }

    public static ByteBuffer open(int pid, String path) {
        byte[] section = path(path);
        ByteBuffer b = record(EventType.OPEN, 128 + section.length, pid);
        b.putShort(120, (short) section.length).put(128, section);
        return b;
    }
}
