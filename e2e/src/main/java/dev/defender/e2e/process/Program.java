/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of our programs as the build lays it out: {@code NAME.jar}, {@code lib/}, {@code jvm.options} and, where it pays,
 * {@code classes.jsa}.
 *
 * @param name of the room, "sensor-ds"
 * @param directory {@code target/app} of that room
 * @param jar file name within it; its manifest names the main class and the libraries
 */
public record Program(String name, Path directory, String jar) {
    /** The node sensor; {@code tree} is the root of the source tree. */
    public static Program sensor(Path tree) {
        return new Program("sensor-ds", tree.resolve("sensor-ds/target/app"), "sensor.jar");
    }

    public static Program publisher(Path tree) {
        return new Program("publisher-ds", tree.resolve("publisher-ds/target/app"), "publisher.jar");
    }

    public static Program backend(Path tree) {
        return new Program("backend", tree.resolve("backend/target/app"), "backend.jar");
    }

    List<String> command(Path java, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.add("@" + directory.resolve("jvm.options"));
        Path archive = directory.resolve("classes.jsa");
        if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.add("-jar");
        command.add(directory.resolve(jar).toString());
        command.addAll(options);
        return command;
    }
}
