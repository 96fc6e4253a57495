/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator;

import dev.defender.operator.cluster.ApiServer;
import dev.defender.operator.cluster.Installation;
import dev.defender.operator.config.OperatorConfig;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The operator in this JVM, with no more rights than the chart gives to its account. */
final class RunningOperator implements AutoCloseable {
    private final OperatorProcess process;

    RunningOperator(OperatorConfig config) throws IOException {
        this(config, ApiServer.get().url());
    }

    /** @param url of the API server */
    RunningOperator(OperatorConfig config, String url) throws IOException {
        process = OperatorProcess.start(
                ApiServer.get().as(Installation.NAMESPACE, Installation.ACCOUNT, url),
                config,
                Installation.NAMESPACE,
                new InetSocketAddress("127.0.0.1", 0));
    }

    int port() {
        return process.port();
    }

    @Override
    public void close() {
        process.stop();
    }
}
