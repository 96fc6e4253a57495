/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Binds the socket that producers connect to. */
final class SocketFile {
    private static final int BACKLOG = 8;

    /** sun_path has 108 bytes, one of them the terminating zero. */
    private static final int MAX_PATH_BYTES = 107;

    private SocketFile() {}

    /**
     * Removes what an earlier process left at {@code path} and binds there, for owner and group.
     *
     * @throws IOException with a message for the user: the directory is missing or writable by everybody, another
     *     publisher listens, or something that is no socket is in the way
     */
    static ServerSocketChannel bind(String option, Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new IOException("the directory of " + option + "=" + path
                    + " does not exist; create it with mode 2770 and the group that sensor and publisher share");
        }
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(directory);
        if (mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("everybody may write to " + directory + ", the directory of " + option
                    + ", and could put another socket there; set its mode to 2770");
        }
        if (path.toAbsolutePath().toString().length() > MAX_PATH_BYTES) {
            throw new IOException(option + "=" + path + " is longer than the " + MAX_PATH_BYTES
                    + " bytes that a socket's path may have");
        }
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            removeStale(option, path, address);
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(address, BACKLOG);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen on " + option + "=" + path + ": " + e.getMessage(), e);
        }
        return server;
    }

    private static void removeStale(String option, Path path, UnixDomainSocketAddress address) throws IOException {
        Object type = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if (((Integer) type & 0170000) != 0140000) {
            throw new IOException(option + "=" + path + " exists and is no socket; remove it or name another path");
        }
        try (SocketChannel other = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.connect(address);
            throw new InUseException(option, path);
        } catch (InUseException e) {
            throw e;
        } catch (IOException e) {
            // Nobody listens: an earlier publisher was killed.
            Files.delete(path);
        }
    }

    private static final class InUseException extends IOException {
        private static final long serialVersionUID = 1L;

        InUseException(String option, Path path) {
            super("another publisher listens on " + option + "=" + path + "; stop it first");
        }
    }
}
