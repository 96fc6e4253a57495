/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.io.IOException;
import java.nio.file.Path;

/** etcd, API server and controllers without a node, for tests that need no pod to run. Any user, any number at once. */
public final class ApiServer implements AutoCloseable {
    private final Started started;
    private final ClientTools tools;

    private ApiServer(Started started, ClientTools tools) {
        this.started = started;
        this.tools = tools;
    }

    /** Starts one; options are those of {@code testbed up}: {@code --controllers}, {@code --audit}, … */
    public static ApiServer up(String... options) throws IOException, InterruptedException {
        String[] all = new String[options.length + 1];
        all[0] = "--apiserver-only";
        System.arraycopy(options, 0, all, 1, options.length);
        Path binaries = Launcher.binaries();
        Started started = Started.up(all);
        return new ApiServer(started, ClientTools.built(binaries, started.kubeconfig(), started.clients()));
    }

    /** Of an administrator. */
    public Path kubeconfig() {
        return started.kubeconfig();
    }

    /** The folder of everything it writes. */
    public Path state() {
        return started.state();
    }

    public ClientTools tools() {
        return tools;
    }

    /** Kills it as a fault would, has it started again, and returns when it serves. */
    public void restart() throws IOException, InterruptedException {
        started.command("restart-apiserver").run().orThrow();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        started.close();
    }
}
