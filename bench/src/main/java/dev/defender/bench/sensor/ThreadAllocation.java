/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench.sensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the threads of another JVM have allocated, as that JVM's thread dump tells. The thread that serves the dump is left
 * out: it is the measuring instrument. Resolution: 1 byte below 10 KiB, 1 KiB above, 1 MiB above 100 MiB.
 */
final class ThreadAllocation {
    private static final Pattern LINE = Pattern.compile("^\"([^\"]+)\" #(\\d+).* allocated=(\\d+)([BKMG]) ");
    private static final String INSTRUMENT = "Attach Listener";

    private final long pid;

    ThreadAllocation(long pid) {
        this.pid = pid;
    }

    /** Bytes by thread. */
    Map<String, Long> read() throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                        Long.toString(pid),
                        "Thread.print",
                        "-e")
                .redirectErrorStream(true)
                .start();
        String dump = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd could not read the sensor's threads: " + dump.strip());
        }
        Map<String, Long> bytes = new HashMap<>();
        dump.lines().map(LINE::matcher).filter(Matcher::find).forEach(line -> {
            if (!line.group(1).equals(INSTRUMENT)) {
                bytes.put(line.group(1) + " #" + line.group(2), bytes(line.group(3), line.group(4)));
            }
        });
        if (bytes.isEmpty()) {
            throw new IOException("the sensor's thread dump tells no allocation: " + dump.strip());
        }
        return bytes;
    }

    private static long bytes(String number, String unit) {
        return Long.parseLong(number) << 10 * "BKMG".indexOf(unit);
    }
}
