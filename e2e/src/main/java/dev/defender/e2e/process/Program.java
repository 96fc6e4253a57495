/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One of our programs as the build lays it out: {@code NAME.jar}, {@code lib/}, {@code jvm.options} and
 * {@code classes.jsa}, the archive of its loaded classes.
 *
 * @param name of the room, "sensor-ds"
 * @param directory {@code target/app} of that room
 * @param jar file name within it; its manifest names the main class and the libraries
 * @param archiveFlags what the JVM is told of the archive
 */
public record Program(String name, Path directory, String jar, List<String> archiveFlags) {
    /** File name of the archive; the JVM passes it over where jars or JDK are not those that it was made with. */
    private static final String ARCHIVE = "classes.jsa";

    /** The node sensor; {@code tree} is the root of the source tree. */
    public static Program sensor(Path tree) {
        return built("sensor-ds", tree.resolve("sensor-ds/target/app"), "sensor.jar");
    }

    public static Program publisher(Path tree) {
        return built("publisher-ds", tree.resolve("publisher-ds/target/app"), "publisher.jar");
    }

    public static Program misc(Path tree) {
        return built("collector-misc", tree.resolve("collector-misc/target/app"), "misc.jar");
    }

    public static Program backend(Path tree) {
        return built("backend", tree.resolve("backend/target/app"), "backend.jar");
    }

    private static Program built(String name, Path directory, String jar) {
        Path archive = directory.resolve(ARCHIVE);
        return new Program(
                name, directory, jar, Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of());
    }

    List<String> command(Path java, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.add("@" + directory.resolve("jvm.options"));
        command.addAll(archiveFlags);
        command.add("-jar");
        command.add(directory.resolve(jar).toString());
        command.addAll(options);
        return command;
    }
}
