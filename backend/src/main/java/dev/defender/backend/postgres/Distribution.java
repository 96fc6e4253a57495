/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks the server's binaries from the class path, once per version. The directory is named by the archive's hash and
 * moved into place when it is complete and on disk, so any number of processes may do this at once.
 */
final class Distribution {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    private Distribution() {}

    /**
     * @param parent keeps what is unpacked; or, in an image, holds {@code bin/postgres} itself
     * @return directory that holds {@code bin}, {@code lib} and {@code share}
     */
    static Path unpack(Path parent) throws PostgresException {
        if (Files.isExecutable(parent.resolve("bin/postgres"))) {
            return parent;
        }
        String architecture = System.getProperty("os.arch", "");
        if (!"amd64".equals(architecture)) {
            throw new PostgresException("No embedded PostgreSQL for the processor '" + architecture
                    + "' is on the class path; name an existing server with --jdbc-url.");
        }
        try {
            Path target = parent.resolve("postgresql-" + hash().substring(0, 16));
            if (!Files.isExecutable(target.resolve("bin/postgres"))) {
                unpackTo(target);
            }
            return target;
        } catch (IOException e) {
            throw new PostgresException(
                    "The PostgreSQL binaries could not be unpacked below " + parent + ": " + e
                            + "; check its permissions and free space (70 MB are needed).",
                    e);
        }
    }

    private static void unpackTo(Path target) throws IOException {
        Path parent = target.resolveSibling(".");
        Files.createDirectories(parent);
        Path partial = Files.createTempDirectory(
                parent.normalize(),
                ".unpacking-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        // createTempDirectory obeys the umask; the server's account must be able to read.
        Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (InputStream raw = open();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(raw, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpackEntry(partial, entry, tar);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException | AtomicMoveNotSupportedException e) {
            giveWay(target, partial, e);
        } catch (FileSystemException e) {
            giveWay(target, partial, e);
        } catch (IOException e) {
            Trees.delete(partial);
            throw e;
        }
    }

    /** Another process may have been quicker. */
    private static void giveWay(Path target, Path partial, FileSystemException e) throws IOException {
        Trees.delete(partial);
        if (!Files.isExecutable(target.resolve("bin/postgres"))) {
            throw e;
        }
    }

    private static void unpackEntry(Path root, TarArchiveEntry entry, InputStream content) throws IOException {
        Path path = root.resolve(entry.getName()).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("the archive names a path outside of itself: " + entry.getName());
        }
        if (entry.getName().endsWith(".a")) {
            return;
        }
        Files.createDirectories(path.getParent() == null ? root : path.getParent());
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        } else if (entry.isSymbolicLink()) {
            if (entry.getLinkName().contains("/")) {
                throw new IOException("the archive holds a link that leaves its directory: " + entry.getName());
            }
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = java.nio.channels.Channels.newOutputStream(file)) {
                content.transferTo(out);
                file.force(true);
            }
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    private static String hash() throws IOException, PostgresException {
        try (DigestInputStream in = new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new PostgresException("This Java has no SHA-256.", e);
        }
    }

    private static InputStream open() throws IOException {
        InputStream archive = Distribution.class.getResourceAsStream(ARCHIVE);
        if (archive == null) {
            throw new IOException("the archive " + ARCHIVE + " is not on the class path");
        }
        return archive;
    }
}
