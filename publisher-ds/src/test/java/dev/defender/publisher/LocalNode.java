/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher;

import static org.awaitility.Awaitility.await;

import dev.defender.publisher.health.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A publisher within the test's JVM. */
final class LocalNode implements AutoCloseable {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Serving node;
    private final Thread thread;

    LocalNode(List<String> options) throws IOException {
        this(options, Map.of());
    }

    LocalNode(List<String> options, Map<String, String> environment) throws IOException {
        PrintStream print = new PrintStream(output, true, StandardCharsets.UTF_8);
        node = Serving.open(
                Options.parse(options.toArray(new String[0])),
                new Console(print, print),
                environment,
                System.nanoTime());
        thread = Thread.ofPlatform().name("intake").start(node::run);
    }

    String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    void awaitLine(String part) {
        await().until(() -> output().contains(part));
    }

    /** Value of a sample on the metrics page; −1 if there is none. */
    long metric(String sample) {
        for (String line : node.metrics().split("\n", -1)) {
            if (line.startsWith(sample + " ")) {
                return Long.parseLong(line.substring(sample.length() + 1));
            }
        }
        return -1;
    }

    @Override
    public void close() throws InterruptedException {
        node.stop();
        thread.join(5_000);
    }
}
