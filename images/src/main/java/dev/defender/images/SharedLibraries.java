/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Copies what the native parts of an image need from this machine: its loader and shared libraries, each to the path
 * where the loader looks for it, with the licence of its package and a list of the versions.
 */
final class SharedLibraries {
    private static final Pattern FOUND = Pattern.compile("\\s*(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)");
    private static final Pattern ABSENT = Pattern.compile("\\s*(\\S+) => not found");
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};
    private static final String DOCUMENTS = "usr/share/doc";

    private SharedLibraries() {}

    /** @param opened names of libraries that the program opens itself, "libbpf.so.1" */
    static void install(Tree tree, List<String> opened) throws BuildException, IOException {
        Set<Path> wanted = new TreeSet<>();
        for (String name : opened) {
            wanted.add(onThisMachine(name));
        }
        Set<String> names =
                tree.files().stream().map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        for (Path file : tree.files()) {
            if (isElf(tree.at(file.toString()))) {
                needs(tree.at(file.toString()), tree, names, wanted);
            }
        }
        for (Path library : Set.copyOf(wanted)) {
            needs(library, tree, names, wanted);
        }
        Map<String, String> packages = new TreeMap<>();
        for (Path library : wanted) {
            tree.copy(library, library.toString().substring(1));
            record(library, tree, packages);
        }
        tree.write(
                DOCUMENTS + "/shared-libraries.txt",
                packages.values().stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    private static void needs(Path file, Tree tree, Set<String> names, Set<Path> wanted) throws BuildException {
        Commands.Result said = Commands.attempt(List.of("ldd", file.toString()));
        for (String line : said.output().lines().toList()) {
            Matcher absent = ABSENT.matcher(line);
            // libjvm.so is found when the JVM runs: it is loaded already.
            if (absent.matches() && !names.contains(absent.group(1))) {
                throw new BuildException("this machine has no " + absent.group(1) + ", which " + file.getFileName()
                        + " needs; install its package");
            }
            Matcher found = FOUND.matcher(line);
            if (found.matches() && !Path.of(found.group(1)).normalize().startsWith(tree.root())) {
                wanted.add(Path.of(found.group(1)));
            }
        }
    }

    private static Path onThisMachine(String name) throws BuildException {
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86-64" : "AArch64";
        for (String line : Commands.run(List.of("/sbin/ldconfig", "-p")).lines().toList()) {
            if (line.strip().startsWith(name + " (") && line.contains(machine)) {
                return Path.of(line.substring(line.indexOf("=> ") + 3).strip());
            }
        }
        throw new BuildException("this machine has no " + name + "; install its package");
    }

    /** Where there is no dpkg the list names the file alone. */
    private static void record(Path library, Tree tree, Map<String, String> packages) throws IOException {
        String owner = "";
        try {
            for (Path name : List.of(library.toRealPath(), library)) {
                Commands.Result found = Commands.attempt(List.of("dpkg-query", "-S", name.toString()));
                if (found.status() == 0) {
                    owner = found.output().substring(0, found.output().indexOf(": "));
                    break;
                }
            }
            if (!owner.isEmpty()) {
                packages.put(owner, Commands.run(List.of("dpkg-query", "-W", "-f", "${Package} ${Version}", owner)));
            }
        } catch (BuildException e) {
            owner = "";
        }
        if (owner.isEmpty()) {
            packages.put(library.toString(), library.toString());
            return;
        }
        String plain = owner.replaceFirst(":.*", "");
        Path licence = Path.of("/", DOCUMENTS, plain, "copyright");
        if (Files.exists(licence)) {
            tree.copy(licence, DOCUMENTS + "/" + plain + "/copyright");
        }
    }

    private static boolean isElf(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return java.util.Arrays.equals(in.readNBytes(ELF.length), ELF);
        }
    }
}
