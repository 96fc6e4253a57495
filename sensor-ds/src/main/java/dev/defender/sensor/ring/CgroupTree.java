/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keys of cgroups and their paths, in the hierarchies that are mounted here. */
public final class CgroupTree {
    private static final long KERNFS_ID = (1L << 56) - 1;
    private static final int HIERARCHY_SHIFT = 56;

    private CgroupTree() {}

    /**
     * Path from the hierarchy's root, found by the inode number of the directory: for keys that no exec has named. Costs some
     * microseconds per cgroup of the host.
     *
     * @return null if there is no such group or its hierarchy is not mounted here
     */
    static @Nullable String path(long key) {
        try {
            for (Path root : mounts((int) (key >>> HIERARCHY_SHIFT))) {
                Finder finder = new Finder(root, key & KERNFS_ID);
                Files.walkFileTree(root, finder);
                if (finder.found != null) {
                    return finder.found;
                }
            }
        } catch (IOException vanished) {
            return null;
        }
        return null;
    }

    /** The key of a group ({@code hierarchy << 56 | inode}), from its directory in a mounted hierarchy. */
    public static long key(Path directory) throws IOException {
        long inode = (long) Files.getAttribute(directory, "unix:ino");
        Path path = directory.toRealPath();
        for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
            int hierarchy = Integer.parseInt(line.substring(0, line.indexOf(':')));
            if (mounts(hierarchy).stream().anyMatch(path::startsWith)) {
                return (long) hierarchy << HIERARCHY_SHIFT | inode;
            }
        }
        throw new IOException(directory + " is not in a mounted cgroup hierarchy");
    }

    /** Mount points of a hierarchy: for v1 those whose options hold its controllers (second column of /proc/PID/cgroup). */
    private static List<Path> mounts(int hierarchy) throws IOException {
        String wanted = null;
        for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
            String[] columns = line.split(":", 3);
            if (Integer.parseInt(columns[0]) == hierarchy) {
                wanted = columns[1];
            }
        }
        List<Path> found = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            String[] columns = line.split(" ", -1);
            boolean matches = hierarchy == 0
                    ? columns[2].equals("cgroup2")
                    : wanted != null
                            && columns[2].equals("cgroup")
                            && options(columns[3]).containsAll(options(wanted));
            if (matches) {
                found.add(Path.of(columns[1]));
            }
        }
        return found;
    }

    private static Set<String> options(String list) {
        return Arrays.stream(list.split(",", -1)).collect(Collectors.toSet());
    }

    private static final class Finder extends SimpleFileVisitor<Path> {
        private final Path root;
        private final long inode;
        private @Nullable String found;

        Finder(Path root, long inode) {
            this.root = root;
            this.inode = inode;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            if ((long) Files.getAttribute(directory, "unix:ino") != inode) {
                return FileVisitResult.CONTINUE;
            }
            found = "/" + root.relativize(directory);
            return FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException vanished) {
            return FileVisitResult.CONTINUE;
        }
    }
}
