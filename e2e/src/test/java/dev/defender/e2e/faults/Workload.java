/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.faults;

import dev.defender.e2e.cgroup.Cgroup;
import dev.defender.e2e.cgroup.CgroupTree;
import dev.defender.e2e.cgroup.Limits;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;

/** A shell that starts programs and writes files without end, in a group with a fifth of a CPU. */
final class Workload implements AutoCloseable {
    private final Cgroup group;
    private final Process shell;

    Workload(CgroupTree cgroups, String name, Path directory) throws IOException {
        group = cgroups.create(name, new Limits(0, 200));
        shell = new ProcessBuilder("setpriv", "--pdeathsig", "KILL", "--", "sh")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Writer in = shell.outputWriter();
        for (Path procs : group.procsFiles()) {
            in.write("echo $$ > " + procs + "\n");
        }
        in.write("cd " + directory + "\nwhile :; do /bin/true load; echo x > file; done\n");
        in.flush();
    }

    @Override
    public void close() throws IOException {
        shell.destroyForcibly();
        group.close();
    }
}
