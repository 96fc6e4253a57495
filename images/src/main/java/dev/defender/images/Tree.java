/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The files of one image, below a directory of this machine. Links of the origin become files: an image has none. */
record Tree(Path root) {
    /** Every file's: an archive of classes records the time of each jar, and two builds have to agree. */
    static final FileTime TIME = FileTime.fromMillis(1_000);

    /** An empty tree, whatever was there. */
    static Tree fresh(Path root) throws IOException {
        delete(root);
        Files.createDirectories(root);
        return new Tree(root);
    }

    Path at(String path) {
        return root.resolve(path);
    }

    void write(String path, String content) throws IOException {
        Path file = at(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    /** Copies the file that {@code from} leads to. */
    void copy(Path from, String path) throws IOException {
        Path file = at(path);
        Files.createDirectories(file.getParent());
        Files.copy(from.toRealPath(), file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    }

    void copyAll(Path from, String path) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                copy(file, path + "/" + from.relativize(file));
            }
        }
    }

    /** Relative paths of all files, sorted. */
    List<Path> files() throws IOException {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(p -> Files.isRegularFile(p, LinkOption.NOFOLLOW_LINKS))
                    .map(root::relativize)
                    .sorted()
                    .toList();
        }
    }

    /** Gives every file the one time and a mode that depends on nothing but whether it can be executed. */
    void settle() throws IOException {
        for (Path file : files()) {
            Path path = root.resolve(file);
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(Files.isExecutable(path) ? "rwxr-xr-x" : "rw-r--r--"));
            Files.setLastModifiedTime(path, TIME);
        }
    }

    static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path directory, @org.jspecify.annotations.Nullable IOException failed) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
