/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of our programs as the build leaves it: jars and JVM options.
 *
 * @param name of the room, "sensor-ds"
 * @param directory holds {@code lib/}, {@code jvm.options} and perhaps an archive of classes
 * @param mainClass what to run
 */
public record Program(String name, Path directory, String mainClass) {
    public static Program sensor(Path applications) {
        return new Program("sensor-ds", applications.resolve("sensor-ds"), "dev.defender.sensor.Sensor");
    }

    public static Program publisher(Path applications) {
        return new Program("publisher-ds", applications.resolve("publisher-ds"), "dev.defender.publisher.Publisher");
    }

    public static Program backend(Path applications) {
        return new Program("backend", applications.resolve("backend"), "dev.defender.backend.Backend");
    }

    /** The command line; relative names in {@code jvm.options} are meant from {@link #directory}. */
    List<String> command(Path java, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        for (String line : Files.readAllLines(directory.resolve("jvm.options"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                command.add(line.replace("@app@", directory.toString()));
            }
        }
        command.add("-cp");
        command.add(directory.resolve("lib") + "/*");
        command.add(mainClass);
        command.addAll(options);
        return command;
    }
}
