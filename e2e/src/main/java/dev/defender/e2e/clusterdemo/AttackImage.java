/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The image of the pod that the actions run in: this machine's own shells and a few programs with the libraries that
 * they load, and files that an attacker would read. Made here, so that nothing is pulled.
 */
final class AttackImage {
    static final String NAME = "defender-actions:1";

    private static final List<String> PROGRAMS = List.of(
            "/bin/sh", "/bin/bash", "/bin/cat", "/bin/cp", "/bin/echo", "/bin/mkdir", "/bin/sleep", "/bin/true");

    /** Of {@code ldd}: {@code libc.so.6 => /lib/… (0x…)} and {@code /lib64/ld-linux-… (0x…)}. */
    private static final Pattern LIBRARY = Pattern.compile("(?:=> |^\\s*)(/\\S+) \\(0x");

    private AttackImage() {}

    /**
     * Writes the archive.
     *
     * @param registry first part of the image's reference
     * @param actor the compiled {@code actor.c}
     * @return the image's reference
     */
    static String write(Path archive, String registry, Path actor, Path work) throws IOException, InterruptedException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName("programs");
        FilePermissions executable = FilePermissions.fromOctalString("755");
        for (String file : withLibraries()) {
            layer.addEntry(Path.of(file).toRealPath(), AbsoluteUnixPath.get(file), executable);
        }
        layer.addEntry(actor, AbsoluteUnixPath.get("/bin/actor"), executable);
        Files.createDirectories(work);
        Path passwd = Files.writeString(work.resolve("passwd"), "root:x:0:0:root:/:/bin/sh\n");
        Path shadow = Files.writeString(work.resolve("shadow"), "root:*:20000:0:99999:7:::\n");
        layer.addEntry(passwd, AbsoluteUnixPath.get("/etc/passwd"));
        layer.addEntry(shadow, AbsoluteUnixPath.get("/etc/shadow"), FilePermissions.fromOctalString("640"));
        layer.addEntry(shadow, AbsoluteUnixPath.get("/etc/gshadow"), FilePermissions.fromOctalString("640"));
        String reference = registry + "/" + NAME;
        try {
            Jib.fromScratch()
                    .addFileEntriesLayer(layer.build())
                    .setEntrypoint("/bin/sleep", "infinity")
                    .containerize(Containerizer.to(TarImage.at(archive).named(reference))
                            .setApplicationLayersCache(work.resolve("layers"))
                            .setBaseImageLayersCache(work.resolve("base")));
        } catch (InvalidImageReferenceException
                | RegistryException
                | CacheDirectoryCreationException
                | ExecutionException e) {
            throw new IOException("the image of the actions could not be made: " + e.getMessage(), e);
        }
        return reference;
    }

    private static Set<String> withLibraries() throws IOException, InterruptedException {
        Set<String> files = new TreeSet<>(PROGRAMS);
        List<String> command = new ArrayList<>(List.of("ldd"));
        command.addAll(PROGRAMS);
        Process ldd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String listing = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (ldd.waitFor() != 0) {
            throw new IOException("ldd could not say which libraries the programs load: " + listing.strip());
        }
        for (String line : listing.lines().toList()) {
            Matcher library = LIBRARY.matcher(line);
            if (library.find()) {
                files.add(library.group(1));
            }
        }
        return files;
    }
}
