/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Java runtime of the modules that one program's class files name, without anything that only people look at. */
final class JavaRuntime {
    /** Where it lies in an image. */
    static final String HOME = "opt/java";

    /** Named by libraries for uses that a server has none of: windows (JNA, Jackson), compiling (Agrona). */
    private static final Set<String> NOT_REACHED = Set.of("java.desktop", "java.compiler");

    private JavaRuntime() {}

    static void install(Component component, Path app, Tree tree) throws BuildException, IOException {
        String modules = modules(component, app);
        Tree.delete(tree.at(HOME));
        Files.createDirectories(tree.at(HOME).getParent());
        Commands.run(List.of(
                Commands.jdk("jlink"),
                "--add-modules=" + modules,
                "--strip-java-debug-attributes",
                "--no-man-pages",
                "--no-header-files",
                "--vm=server",
                "--compress=zip-6",
                "--output=" + tree.at(HOME)));
        // Starters of the JDK's own tools, and what no program of ours uses.
        for (String unused : List.of("bin/keytool", "bin/rmiregistry", "bin/jrunscript", "lib/libjsig.so", "legal")) {
            Tree.delete(tree.at(HOME).resolve(unused));
        }
        copyLicence(tree);
    }

    private static String modules(Component component, Path app) throws BuildException, IOException {
        List<String> jars = new ArrayList<>();
        jars.add(app.resolve(component.jar()).toString());
        try (Stream<Path> libraries = Files.list(app.resolve("lib"))) {
            libraries
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".jar"))
                    .sorted()
                    .forEach(jars::add);
        }
        List<String> command = new ArrayList<>(List.of(
                Commands.jdk("jdeps"),
                "--ignore-missing-deps",
                "--multi-release=" + Runtime.version().feature(),
                "--print-module-deps"));
        command.addAll(jars);
        // It warns on the same output.
        String found = Commands.run(command)
                .lines()
                .filter(line -> !line.startsWith("Warning: "))
                .collect(Collectors.joining());
        TreeSet<String> modules = new TreeSet<>(component.modules());
        modules.addAll(List.of(found.strip().split(",", -1)));
        modules.removeAll(NOT_REACHED);
        return String.join(",", modules);
    }

    /** The runtime is under the licence of the JDK that it is cut from; its text is the same for all modules. */
    private static void copyLicence(Tree tree) throws IOException {
        Path legal = Path.of(System.getProperty("java.home"), "legal", "java.base");
        for (String name : List.of("LICENSE", "ADDITIONAL_LICENSE_INFO", "ASSEMBLY_EXCEPTION")) {
            if (Files.exists(legal.resolve(name))) {
                tree.copy(legal.resolve(name), HOME + "/legal/" + name);
            }
        }
    }
}
