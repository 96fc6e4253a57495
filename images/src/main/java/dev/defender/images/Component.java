/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.util.List;

/**
 * What one image is made of.
 *
 * @param name of the image, without registry and tag
 * @param room directory of the source tree whose {@code target/app} the image carries
 * @param jar file of the program in there
 * @param user {@code uid:gid} that the image runs as where the pod does not say
 * @param modules of Java that the program reaches by name only, so that no class file tells
 * @param libraries shared libraries that the program opens by name
 * @param programs static programs of ours (source in {@code images/src/main/c}), by their path in the image
 */
record Component(
        String name,
        String room,
        String jar,
        String user,
        List<String> modules,
        List<String> libraries,
        List<Program> programs) {

    /** @param source file name without {@code .c} */
    record Program(String path, String source) {}

    private static final String UNPRIVILEGED = "65532:65532";
    private static final String SOCKET_GROUP = "64100";

    static final List<Component> ALL = List.of(
            new Component(
                    "defender-sensor", "sensor-ds", "sensor.jar", "0:0", List.of(), List.of("libbpf.so.1"), List.of()),
            new Component(
                    "defender-publisher",
                    "publisher-ds",
                    "publisher.jar",
                    "65532:" + SOCKET_GROUP,
                    List.of(),
                    List.of(),
                    List.of(new Program("bin/nodedirs", "nodedirs"))),
            new Component(
                    "defender-misc",
                    "collector-misc",
                    "misc.jar",
                    "65533:" + SOCKET_GROUP,
                    List.of(),
                    List.of(),
                    List.of()),
            new Component(
                    "defender-operator", "operator", "operator.jar", UNPRIVILEGED, List.of(), List.of(), List.of()),
            new Component(
                    "defender-backend",
                    "backend",
                    "backend.jar",
                    UNPRIVILEGED,
                    List.of(),
                    List.of(),
                    // initdb runs the server through sh -c; see the source for what this one can do.
                    List.of(new Program("bin/sh", "onecommand"))),
            new Component("defender-cli", "cli", "defenderctl.jar", UNPRIVILEGED, List.of(), List.of(), List.of()));
}
