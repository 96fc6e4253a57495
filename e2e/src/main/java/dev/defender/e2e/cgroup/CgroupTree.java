/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where groups can be made on this host. */
public interface CgroupTree {
    Path DEFAULT_ROOT = Path.of("/sys/fs/cgroup");

    /**
     * Makes a group beside the host's own.
     *
     * @param name unique on the host; one path component
     */
    Cgroup create(String name, Limits limits) throws IOException;

    /** "v1" or "v2". */
    String version();

    /**
     * The tree whose memory and CPU controllers this process may use.
     *
     * @throws CgroupsUnavailable with the reason, if there is none
     */
    static CgroupTree detect(Path root) throws CgroupsUnavailable {
        if (Files.exists(root.resolve("cgroup.controllers"))) {
            return V2Tree.open(root);
        }
        if (Files.isDirectory(root.resolve("memory")) && Files.isDirectory(root.resolve("cpu"))) {
            return V1Tree.open(root);
        }
        throw new CgroupsUnavailable("no memory and cpu controllers are mounted under " + root);
    }

    /** Why limits cannot be set here; the message is one clause for a person. */
    final class CgroupsUnavailable extends Exception {
        private static final long serialVersionUID = 1;

        CgroupsUnavailable(String message) {
            super(message);
        }
    }
}
