/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The account that the server runs as.
 *
 * @param switchNeeded whether this process is root and must step down to the account
 */
record Account(String name, int uid, int gid, boolean switchNeeded) {
    private static final int NOBODY = 65534;

    /** The server refuses to run as root; anybody else runs it as himself. */
    static Account resolve(@Nullable String user) throws PostgresException {
        int self = ownUid();
        if (self != 0) {
            return new Account(System.getProperty("user.name", "uid " + self), self, -1, false);
        }
        String wanted = user == null ? "nobody" : user;
        boolean numeric = wanted.chars().allMatch(c -> c >= '0' && c <= '9');
        for (String line : passwd()) {
            String[] fields = line.split(":", -1);
            if (fields.length > 3 && (fields[0].equals(wanted) || numeric && fields[2].equals(wanted))) {
                return checked(fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
            }
        }
        if (numeric || user == null) {
            int uid = numeric ? Integer.parseInt(wanted) : NOBODY;
            return checked(wanted, uid, uid);
        }
        throw new PostgresException("There is no account '" + wanted
                + "' to run PostgreSQL as; name an existing unprivileged account or a uid with --user.");
    }

    private static Account checked(String name, int uid, int gid) throws PostgresException {
        if (uid == 0) {
            throw new PostgresException(
                    "PostgreSQL refuses to run as root; name an unprivileged account or a uid with --user.");
        }
        return new Account(name, uid, gid, true);
    }

    private static List<String> passwd() throws PostgresException {
        Path passwd = Path.of("/etc/passwd");
        try {
            return Files.exists(passwd) ? Files.readAllLines(passwd, StandardCharsets.ISO_8859_1) : List.of();
        } catch (IOException e) {
            throw new PostgresException("The list of accounts /etc/passwd cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static int ownUid() throws PostgresException {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new PostgresException("The embedded PostgreSQL needs a mounted /proc: " + e.getMessage() + ".", e);
        }
    }

    /** Makes {@code path} (not what is below it) belong to the account. */
    void own(Path path) throws IOException {
        if (switchNeeded) {
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Whether the mode bits of {@code directory} let the account pass through it; access lists are not looked at. */
    boolean mayEnter(Path directory) throws IOException {
        int mode = (Integer) Files.getAttribute(directory, "unix:mode");
        if ((Integer) Files.getAttribute(directory, "unix:uid") == uid) {
            return (mode & 0100) != 0;
        }
        if ((Integer) Files.getAttribute(directory, "unix:gid") == gid) {
            return (mode & 0010) != 0;
        }
        return (mode & 0001) != 0;
    }
}
