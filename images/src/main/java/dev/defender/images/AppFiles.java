/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program as the build laid it out, made to run where nothing can be written. */
final class AppFiles {
    /** Where it lies in an image. */
    static final String DIRECTORY = "app";
    /** Native libraries, outside of their jars: a library would unpack them into a directory for temporary files. */
    private static final String NATIVE = DIRECTORY + "/native";

    private AppFiles() {}

    static void install(Component component, Path app, Platform platform, Tree tree)
            throws BuildException, IOException {
        List<String> natives = new ArrayList<>();
        copyJar(app.resolve(component.jar()), DIRECTORY, platform, tree, natives);
        try (Stream<Path> libraries = Files.list(app.resolve("lib"))) {
            for (Path jar : (Iterable<Path>) libraries.sorted()::iterator) {
                copyJar(jar, DIRECTORY + "/lib", platform, tree, natives);
            }
        }
        for (String text : List.of("LICENSE", "NOTICE", "THIRD-PARTY.txt")) {
            if (Files.exists(app.resolve(text))) {
                tree.copy(app.resolve(text), DIRECTORY + "/" + text);
            }
        }
        tree.write(DIRECTORY + "/jvm.options", options(app, natives));
    }

    private static void copyJar(Path jar, String directory, Platform platform, Tree tree, List<String> natives)
            throws BuildException, IOException {
        if (PostgresFiles.isDistribution(jar)) {
            PostgresFiles.install(jar, platform, tree);
            return;
        }
        String path = directory + "/" + jar.getFileName();
        if (!NativeJar.holdsNativeCode(jar)) {
            tree.copy(jar, path);
            return;
        }
        natives.addAll(NativeJar.split(jar, platform, tree.at(path), tree.at(NATIVE)));
    }

    /** The program's own flags, then those that only an image can give: they name its paths. */
    private static String options(Path app, List<String> natives) throws IOException {
        StringBuilder options = new StringBuilder();
        for (String line : Files.readAllLines(app.resolve("jvm.options"))) {
            options.append(line.replace("@app@", "/" + DIRECTORY)).append('\n');
        }
        options.append("# Of the image.\n").append(ClassArchive.FLAG).append('\n');
        for (String library : natives) {
            options.append(NativeJar.flag(library, "/" + NATIVE)).append('\n');
        }
        return options.toString();
    }
}
