/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.sensor.ring.CgroupTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the cgroup that an option names. */
final class CgroupOption {
    private static final Path MOUNTS = Path.of("/sys/fs/cgroup");

    /** In the order in which the kernel side looks for a group that is not the root. */
    private static final List<String> HIERARCHIES =
            List.of("", "unified", "pids", "cpu", "devices", "freezer", "cpuset", "blkio", "memory");

    private CgroupOption() {}

    /** Key of the cgroup; 0 if none is named. */
    static long key(@Nullable String path) throws StartException {
        if (path == null) {
            return 0;
        }
        try {
            return CgroupTree.key(directory(path));
        } catch (IOException e) {
            throw new StartException("--record-cgroup=" + path + " is no cgroup: " + StartException.reason(e));
        }
    }

    private static Path directory(String path) throws StartException {
        Path given = Path.of(path);
        if (given.isAbsolute() && Files.isDirectory(given)) {
            return given;
        }
        String below = given.isAbsolute() ? path.substring(1) : path;
        return HIERARCHIES.stream()
                .map(hierarchy -> MOUNTS.resolve(hierarchy).resolve(below))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new StartException("--record-cgroup=" + path + ": there is no such cgroup"));
    }
}
