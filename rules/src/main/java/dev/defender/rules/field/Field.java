/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.field;

import static dev.defender.rules.field.FieldKind.ADDRESS;
import static dev.defender.rules.field.FieldKind.FLAG;
import static dev.defender.rules.field.FieldKind.NUMBER;
import static dev.defender.rules.field.FieldKind.TEXT;

/**
 * The primitive fields: what a {@link FieldSource} supplies. Names of the rule language that can be computed from them
 * ({@code evt.res}, {@code evt.is_open_write}, {@code proc.cmdline}, {@code fd.directory}, {@code fd.lport} …) are not here:
 * the engine derives them.
 */
public enum Field {
    /** Result of the system call: ≥ 0, or -errno. For an event that exists only on success: 0, or the new descriptor. */
    EVT_RAWRES(NUMBER),
    /** Open events: the {@code O_*} flags of x86-64 Linux. */
    EVT_OPEN_FLAGS(NUMBER),
    /** Open events that may create: permission bits asked for. */
    EVT_OPEN_MODE(NUMBER),
    /** Open events: the file did not exist before. */
    EVT_OPEN_CREATED(FLAG),

    /** Name of the process (comm, at most 15 bytes); for exec, of the new image. Known of ancestors. */
    PROC_NAME(TEXT, true),
    /** First argument as given (argv[0]). Known of ancestors. */
    PROC_EXE(TEXT, true),
    /** Path of the executable, as seen from the process's mount namespace; {@code memfd:name} for memory. Known of ancestors. */
    PROC_EXEPATH(TEXT, true),
    /** Arguments without the first, joined by one blank; empty text if there are none. Known of ancestors. */
    PROC_ARGS(TEXT, true),
    /** Thread group id in the initial pid namespace. Known of ancestors. */
    PROC_PID(NUMBER, true),
    /** Working directory; with or without a final slash. */
    PROC_CWD(TEXT),
    /** Device number of the controlling terminal; 0 = none. */
    PROC_TTY(NUMBER),
    /** Age of the process at the event, ns. */
    PROC_DURATION(NUMBER),
    /** The executable is on the writable layer of an overlay, so it is not from the image. */
    PROC_EXE_UPPER_LAYER(FLAG),
    /** The executable is anonymous memory (memfd). */
    PROC_EXE_MEMFD(FLAG),

    /** Bit n = capability number n. */
    CAP_EFFECTIVE(NUMBER),
    /** Bit n = capability number n. */
    CAP_PERMITTED(NUMBER),
    /** Bit n = capability number n. */
    CAP_INHERITABLE(NUMBER),

    /** Effective uid, as Falco's {@code user.uid} means it. */
    USER_UID(NUMBER),
    /** Name of {@link #USER_UID}; missing if the user database does not know it. */
    USER_NAME(TEXT),
    /** Audit login uid; -1 = unset. */
    USER_LOGINUID(NUMBER),
    /** Name of {@link #USER_LOGINUID}. */
    USER_LOGINNAME(TEXT),
    /** Primary gid. */
    GROUP_GID(NUMBER),

    /** Descriptor of the event; -1 if the open failed. */
    FD_NUM(NUMBER),
    /** Path of a file or unix socket. Missing for IP sockets: the engine renders their name from the two ends. */
    FD_NAME(TEXT),
    /** Falco's one-character type as its ASCII code: f file, d directory, 4 or 6 IP socket, u unix socket, p pipe. */
    FD_TYPECHAR(NUMBER),
    /** Address of the client's end, 4 bytes for an IPv4 address mapped into IPv6; missing for a listening socket. */
    FD_CIP(ADDRESS),
    /** Address of the server's end; of a listening socket, the one it is bound to. */
    FD_SIP(ADDRESS),
    /** Port of the client's end; missing for a listening socket. */
    FD_CPORT(NUMBER),
    /** Port of the server's end; of a listening socket, the one it is bound to. */
    FD_SPORT(NUMBER),
    /** IANA protocol number: 6 = TCP, 17 = UDP. */
    FD_L4PROTO(NUMBER),
    /** The process of the event is the server's end (accept, listen). */
    FD_IS_SERVER(FLAG),
    /** The socket is connected. */
    FD_CONNECTED(FLAG),
    /** Inode number of the file. */
    FD_INO(NUMBER),
    /** The file is on the writable layer of an overlay. */
    FD_UPPER_LAYER(FLAG),

    /** Full container id; missing for a process of the host. */
    CONTAINER_ID(TEXT),
    /** As the pod calls it. */
    CONTAINER_NAME(TEXT),
    /** Image reference: {@code registry/repository:tag@digest}, each part but the repository optional. */
    CONTAINER_IMAGE(TEXT),
    /** {@code sha256:…}. */
    CONTAINER_IMAGE_DIGEST(TEXT),
    /** Name of the pod. */
    K8S_POD_NAME(TEXT),
    /** Uid of the pod. */
    K8S_POD_UID(TEXT),
    /** Namespace of the pod. */
    K8S_NS_NAME(TEXT);

    private final FieldKind kind;
    private final boolean ofAncestors;

    Field(FieldKind kind) {
        this(kind, false);
    }

    Field(FieldKind kind, boolean ofAncestors) {
        this.kind = kind;
        this.ofAncestors = ofAncestors;
    }

    /** How a source gives it. */
    public FieldKind kind() {
        return kind;
    }

    /** Whether a depth above 0 has a meaning. */
    public boolean ofAncestors() {
        return ofAncestors;
    }
}
