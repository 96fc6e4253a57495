/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One group of processes with its limits. Closing kills what is still in it and removes it. */
public interface Cgroup extends AutoCloseable {
    /** Files to which a process writes its id to join; a v1 group has one in each hierarchy. */
    List<Path> procsFiles();

    Limits limits();

    Usage usage() throws IOException;

    @Override
    void close() throws IOException;
}
