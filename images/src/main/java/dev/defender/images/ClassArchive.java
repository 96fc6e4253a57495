/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The archive of loaded classes (CDS) of an image. It names paths and times of the jars and fits one build of the JVM, so
 * the image's own Java makes it, with the image's tree as its root.
 */
final class ClassArchive {
    private static final String FILE = AppFiles.DIRECTORY + "/classes.jsa";
    private static final String LIST = "classes.lst";

    /** With it a program uses the archive, and starts without where it does not fit. */
    static final String FLAG = "-XX:SharedArchiveFile=/" + FILE;

    private ClassArchive() {}

    /** @param list classes to load, as {@code -XX:DumpLoadedClassList} writes them; absent = those of {@code --help} */
    static void make(Component component, Path list, Tree tree) throws BuildException, IOException {
        Files.createDirectories(tree.at("proc"));
        Path inside = tree.at(LIST);
        try {
            if (Files.exists(list)) {
                tree.copy(list, LIST);
            } else {
                java(
                        tree,
                        List.of("-Xshare:off", "-XX:DumpLoadedClassList=/" + LIST, "-jar", jar(component), "--help"));
            }
            java(
                    tree,
                    List.of(
                            "-Xshare:dump",
                            "-Xlog:disable",
                            "-XX:SharedClassListFile=/" + LIST,
                            "-cp",
                            jar(component)));
        } finally {
            Files.deleteIfExists(inside);
            Files.deleteIfExists(tree.at("proc"));
        }
        if (!Files.exists(tree.at(FILE))) {
            throw new BuildException("no archive of classes was made for " + component.name());
        }
    }

    /** Loads the program from its archive and prints its help; fails where the archive cannot be used. */
    static String prove(Component component, Tree tree) throws BuildException, IOException {
        Files.createDirectories(tree.at("proc"));
        try {
            return java(tree, List.of("-Xshare:on", "-Xlog:class+load", "-jar", jar(component), "--help"));
        } finally {
            Files.deleteIfExists(tree.at("proc"));
        }
    }

    private static String jar(Component component) {
        return "/" + AppFiles.DIRECTORY + "/" + component.jar();
    }

    private static String java(Tree tree, List<String> arguments) throws BuildException, IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork"));
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            command.add("--map-root-user");
        }
        command.addAll(List.of("--root=" + tree.root(), "--mount-proc=/proc", "/" + JavaRuntime.HOME + "/bin/java"));
        command.add("@/" + AppFiles.DIRECTORY + "/jvm.options");
        command.addAll(arguments);
        return Commands.run(command);
    }
}
