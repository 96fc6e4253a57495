/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.decode;

import bpf4j.RecordFields;
import dev.defender.sensor.ring.LedgerLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A ring record read in place. One object serves all records of a source, on one thread; what it returns is valid until
 * the next record. Numbers without a comment are the kernel's own, in the initial namespaces. Offsets are those of event.h.
 */
public final class RawEvent {
    /** Room that a copy of any text or path can need, in bytes. */
    public static final int MAX_TEXT = Section.MAX_BYTES;

    /** Room that a copy of a process or thread name can need, in bytes. */
    public static final int COMM_BYTES = 16;

    static final int ABI = 1;
    static final int HEADER_BYTES = 96;

    private final ExecEvent exec = new ExecEvent(this);
    private final ForkEvent fork = new ForkEvent(this);
    private final ExitEvent exit = new ExitEvent(this);
    private final NetworkEvent network = new NetworkEvent(this);
    private final OpenEvent open = new OpenEvent(this);
    private ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private int base;

    /**
     * Takes a record in and checks all of it: no accessor reads past its end afterwards.
     *
     * @param source little-endian
     * @return null if it is good
     */
    @Nullable
    Undecodable wrap(ByteBuffer source, int offset, int length) {
        buffer = source;
        base = offset;
        if (length < HEADER_BYTES) {
            return Undecodable.TOO_SHORT;
        }
        if (shortAt(2) != ABI) {
            return Undecodable.WRONG_ABI;
        }
        if (intAt(4) != length) {
            return Undecodable.WRONG_LENGTH;
        }
        if (ledgerRow() < 0 || ledgerRow() >= LedgerLayout.ROWS) {
            return Undecodable.BAD_VALUE;
        }
        return wrapType(length);
    }

    private @Nullable Undecodable wrapType(int length) {
        int fixed = fixedBytes();
        if (fixed == 0) {
            return Undecodable.UNKNOWN_TYPE;
        }
        if (length < fixed) {
            return Undecodable.TOO_SHORT;
        }
        return switch (type()) {
            case EventType.EXEC, EventType.TASK ->
                exec.wrap(buffer, base, length) ? null : Undecodable.SECTION_OUT_OF_BOUNDS;
            case EventType.FORK -> fork.valid() ? null : Undecodable.BAD_VALUE;
            case EventType.OPEN -> open.wrap(buffer, base, length) ? null : Undecodable.SECTION_OUT_OF_BOUNDS;
            case EventType.CONNECT, EventType.ACCEPT, EventType.LISTEN ->
                network.valid() ? null : Undecodable.BAD_VALUE;
            default -> null;
        };
    }

    private int fixedBytes() {
        return switch (type()) {
            case EventType.EXEC, EventType.TASK -> ExecEvent.FIXED_BYTES;
            case EventType.FORK -> ForkEvent.FIXED_BYTES;
            case EventType.EXIT -> ExitEvent.FIXED_BYTES;
            case EventType.CONNECT, EventType.ACCEPT, EventType.LISTEN -> NetworkEvent.FIXED_BYTES;
            case EventType.OPEN -> OpenEvent.FIXED_BYTES;
            default -> 0;
        };
    }

    /** One of {@link EventType}. */
    public int type() {
        return shortAt(0);
    }

    /** Of the whole record, in bytes. */
    public int length() {
        return intAt(4);
    }

    /** CLOCK_BOOTTIME at the hook, ns. */
    public long timeBootNs() {
        return longAt(8);
    }

    /** {@code hierarchy << 56 | kernfs id}; 0 = the root cgroup. */
    public long cgroupKey() {
        return longAt(16);
    }

    /** CLOCK_BOOTTIME at which the process began, ns. With {@link #pid} it names a process within a boot. */
    public long startBootNs() {
        return longAt(24);
    }

    public long parentStartBootNs() {
        return longAt(32);
    }

    /** The process: thread group id. For FORK the parent. */
    public int pid() {
        return intAt(40);
    }

    /** The thread that acted. */
    public int tid() {
        return intAt(44);
    }

    public int parentPid() {
        return intAt(48);
    }

    public int uid() {
        return intAt(52);
    }

    public int gid() {
        return intAt(56);
    }

    public int euid() {
        return intAt(60);
    }

    /** Audit login uid; -1 (4294967295) = unset. */
    public int loginUid() {
        return intAt(64);
    }

    /** Ledger row that this event was counted in, 0..1023. */
    public int ledgerRow() {
        return intAt(68);
    }

    /** Bits of {@link EventFlags}. */
    public int flags() {
        return intAt(72);
    }

    /** Name of the thread, at most 15 bytes of any value; returns its length. */
    public int copyComm(byte[] to, int at) {
        return copyName(80, to, at);
    }

    /** Only for EXEC and TASK. */
    public ExecEvent exec() {
        return exec;
    }

    /** Only for FORK. */
    public ForkEvent fork() {
        return fork;
    }

    /** Only for EXIT. */
    public ExitEvent exit() {
        return exit;
    }

    /** Only for CONNECT, ACCEPT and LISTEN. */
    public NetworkEvent network() {
        return network;
    }

    /** Only for OPEN. */
    public OpenEvent open() {
        return open;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    int shortAt(int field) {
        return RecordFields.getUnsignedShort(buffer, base + field);
    }

    int intAt(int field) {
        return RecordFields.getInt(buffer, base + field);
    }

    long longAt(int field) {
        return RecordFields.getLong(buffer, base + field);
    }

    int copyBytes(int field, int length, byte[] to, int at) {
        buffer.get(base + field, to, at, length);
        return length;
    }

    int copyName(int field, byte[] to, int at) {
        int length = 0;
        while (length < COMM_BYTES && buffer.get(base + field + length) != 0) {
            to[at + length] = buffer.get(base + field + length);
            length++;
        }
        return length;
    }

    /** Path section at an absolute place; without its slash when truncated or anonymous memory, as {@code meaning} asks. */
    int copyPath(int start, int length, int meaning, byte[] to, int at) {
        return Section.copyPath(buffer, start, length, (flags() & meaning) != 0, to, at);
    }
}
