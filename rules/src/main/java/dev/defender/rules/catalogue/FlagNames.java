/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import dev.defender.rules.field.Slice;
import java.util.List;
import java.util.regex.Pattern;

/** Bit masks as text, the way Falco writes them. */
final class FlagNames {
    private static final String CAPABILITY_NAMES = """
            CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE
            NET_BIND_SERVICE NET_BROADCAST NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT
            SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG MKNOD LEASE
            AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ
            PERFMON BPF CHECKPOINT_RESTORE
            """;

    /** {@code CAP_CHOWN CAP_SYS_ADMIN …}, in the order of their numbers. */
    static final FlagNames CAPABILITIES = new FlagNames(
            ' ',
            Pattern.compile("\\s+")
                    .splitAsStream(CAPABILITY_NAMES.strip())
                    .map(name -> "CAP_" + name)
                    .toList());

    /** Open flags of x86-64 Linux but the access mode, by bit number. */
    static final FlagNames OPEN = new FlagNames(
            '|',
            List.of(
                    "",
                    "",
                    "",
                    "",
                    "",
                    "",
                    "O_CREAT",
                    "O_EXCL",
                    "",
                    "O_TRUNC",
                    "O_APPEND",
                    "O_NONBLOCK",
                    "O_DSYNC",
                    "",
                    "O_DIRECT",
                    "O_LARGEFILE",
                    "O_DIRECTORY",
                    "",
                    "",
                    "O_CLOEXEC",
                    "O_SYNC",
                    "",
                    "O_TMPFILE"));

    /** Permission bits, by bit number. */
    static final FlagNames MODE = new FlagNames(
            '|',
            List.of(
                    "S_IXOTH", "S_IWOTH", "S_IROTH", "S_IXGRP", "S_IWGRP", "S_IRGRP", "S_IXUSR", "S_IWUSR", "S_IRUSR",
                    "S_ISVTX", "S_ISGID", "S_ISUID"));

    private final byte separator;
    private final byte[][] names;
    private final int longest;

    private FlagNames(char separator, List<String> names) {
        this.separator = (byte) separator;
        this.names = names.stream().map(Bytes::ascii).toArray(byte[][]::new);
        this.longest = names.stream().mapToInt(name -> name.length() + 1).sum();
    }

    /** Writes {@code first} (may be empty) and the names of the bits that are set. */
    void show(byte[] first, long bits, Slice into) {
        byte[] room = into.room(first.length + 1 + longest);
        int end = Bytes.put(room, 0, first);
        for (int bit = 0; bit < names.length; bit++) {
            if ((bits & 1L << bit) != 0 && names[bit].length > 0) {
                if (end > 0) {
                    room[end++] = separator;
                }
                end = Bytes.put(room, end, names[bit]);
            }
        }
        into.wrap(room, 0, end);
    }
}
