/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.ring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A consumer in a process of its own, which drains its ring when it is told to. Closing ends the process. */
final class Contender implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final Writer orders;

    /** @param command with all arguments */
    Contender(String name, List<String> command) throws IOException {
        this.name = name;
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = process.inputReader(StandardCharsets.US_ASCII);
        orders = process.outputWriter(StandardCharsets.US_ASCII);
    }

    /**
     * Fills and drains the ring that many times.
     *
     * @throws IOException if the process ended or took another number of events than were written
     */
    Drained drain(int fills, long expectedEvents) throws IOException {
        orders.write(fills + "\n");
        orders.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException(name + " ended early; its errors are above");
        }
        String[] numbers = answer.split(" ", -1);
        Drained drained =
                new Drained(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
        if (drained.events() != expectedEvents) {
            throw new IOException(name + " took " + drained.events() + " events of " + expectedEvents);
        }
        return drained;
    }

    @Override
    public void close() throws IOException {
        orders.close();
        answers.close();
        process.destroy();
    }

    /**
     * What one order came to.
     *
     * @param cpuNanos CPU time of the draining thread, user and system
     * @param checksum over what the handler looked at
     */
    record Drained(long events, long cpuNanos, long checksum) {
        double nanosPerEvent() {
            return (double) cpuNanos / events;
        }
    }
}
