/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar with native libraries of many platforms: taken apart into its classes and the libraries of one platform. */
final class NativeJar {
    private static final List<String> SUFFIXES = List.of(".so", ".dll", ".dylib", ".jnilib", ".a");

    private NativeJar() {}

    static boolean holdsNativeCode(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            return file.stream().anyMatch(entry -> isNative(entry.getName()));
        }
    }

    /**
     * Writes the classes to {@code to} and the platform's libraries into {@code directory}.
     *
     * @return file names of the libraries, at least one
     * @throws BuildException when the jar has native code, but not for the platform
     */
    static List<String> split(Path jar, Platform platform, Path to, Path directory) throws BuildException, IOException {
        List<String> names = new ArrayList<>();
        Files.createDirectories(to.getParent());
        Files.createDirectories(directory);
        try (JarFile from = new JarFile(jar.toFile(), false);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            putManifest(from, out);
            for (Enumeration<JarEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (isNative(entry.getName())) {
                    if (platform.nativeEntry().matcher(entry.getName()).matches()) {
                        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                        Files.write(
                                directory.resolve(name),
                                from.getInputStream(entry).readAllBytes());
                        names.add(name);
                    }
                } else if (!entry.isDirectory() && !isSignature(entry.getName())) {
                    copy(from, entry, out);
                }
            }
        }
        if (names.isEmpty()) {
            throw new BuildException(jar.getFileName() + " has native code, but none for linux/" + platform.name()
                    + "; an image for this processor cannot be made with it");
        }
        return names;
    }

    /** The JVM flag that makes the library's user load it from {@code directory} instead of unpacking it. */
    static String flag(String library, String directory) throws IOException {
        if (library.startsWith("libjnidispatch")) {
            return "-Djna.boot.library.path=" + directory + "\n-Djna.nounpack=true";
        }
        if (library.startsWith("libzstd-jni")) {
            return "-DZstdNativePath=" + directory + "/" + library;
        }
        if (library.startsWith("libconscrypt")) {
            return "-Djava.library.path=" + directory;
        }
        throw new IOException("nothing is known of how to load " + library + " from a file; teach NativeJar");
    }

    /** A JarOutputStream would give it the time of the build. */
    private static void putManifest(JarFile jar, ZipOutputStream out) throws IOException {
        Manifest manifest = jar.getManifest() == null ? new Manifest() : jar.getManifest();
        manifest.getEntries().clear();
        manifest.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
        ZipEntry entry = new ZipEntry(JarFile.MANIFEST_NAME);
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        out.putNextEntry(entry);
        manifest.write(out);
        out.closeEntry();
    }

    private static void copy(JarFile from, JarEntry entry, ZipOutputStream out) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        copy.setMethod(entry.getMethod());
        if (entry.getMethod() == ZipEntry.STORED) {
            copy.setSize(entry.getSize());
            copy.setCrc(entry.getCrc());
        }
        out.putNextEntry(copy);
        from.getInputStream(entry).transferTo(out);
        out.closeEntry();
    }

    private static boolean isNative(String name) {
        return SUFFIXES.stream().anyMatch(name::endsWith);
    }

    /** Signatures cover what is left out, and would keep the classes out of an archive. */
    private static boolean isSignature(String name) {
        return name.equals(JarFile.MANIFEST_NAME)
                || name.startsWith("META-INF/") && name.matches(".*\\.(SF|RSA|DSA|EC)");
    }
}
