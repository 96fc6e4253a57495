/* SPDX-License-Identifier: Apache-2.0 */
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * Makes the laid-out program quick to start: libraries without signatures (which keep classes out of an archive and are
 * verified at every load) and without other platforms' native code, stored instead of deflated; then an archive of the
 * classes that a start up to the first acknowledgement loads. Run by the build: {@code java PackageApp.java APP JAR LIST}.
 *
 * <p>LIST comes from a run with {@code -Xshare:off -XX:DumpLoadedClassList=LIST} against a backend. A class that is not
 * in it, or no longer exists, costs nothing but its own loading time.
 */
final class PackageApp {
    private static final Set<String> NATIVE_SUFFIXES = Set.of(".so", ".dll", ".dylib", ".jnilib", ".a");
    /** zstd-jni's second binding: linking its method handles takes 150 ms of CPU time at start, JNI takes 2. */
    private static final String FOREIGN_BINDING = "META-INF/versions/22/";

    private static final Attributes.Name REPACKAGED = new Attributes.Name("Repackaged");

    private PackageApp() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path app = Path.of(args[0]);
        try (Stream<Path> libraries = Files.list(app.resolve("lib"))) {
            for (Path library : (Iterable<Path>) libraries::iterator) {
                repack(library);
            }
        }
        archive(app, args[1], Path.of(args[2]));
    }

    private static void repack(Path library) throws IOException {
        Path aside = library.resolveSibling(library.getFileName() + ".new");
        try (JarFile from = new JarFile(library.toFile(), false)) {
            Manifest manifest = from.getManifest() == null ? new Manifest() : from.getManifest();
            if (!hasNativeCode(from) || manifest.getMainAttributes().containsKey(REPACKAGED)) {
                return;
            }
            manifest.getEntries().clear();
            manifest.getMainAttributes().putIfAbsent(Attributes.Name.MANIFEST_VERSION, "1.0");
            manifest.getMainAttributes()
                    .put(
                            REPACKAGED,
                            "without signature, foreign-function binding and the native code of other platforms");
            try (OutputStream out = Files.newOutputStream(aside);
                    JarOutputStream to = new JarOutputStream(out, manifest)) {
                to.setMethod(ZipEntry.STORED);
                for (Enumeration<JarEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                    JarEntry entry = entries.nextElement();
                    if (wanted(entry)) {
                        store(to, entry, from.getInputStream(entry).readAllBytes());
                    }
                }
            }
        }
        Files.move(aside, library, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void store(JarOutputStream to, JarEntry entry, byte[] bytes) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setTime(entry.getTime());
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(bytes.length);
        stored.setCrc(crc.getValue());
        to.putNextEntry(stored);
        to.write(bytes);
        to.closeEntry();
    }

    private static boolean hasNativeCode(JarFile jar) {
        return jar.stream().anyMatch(entry -> isNative(entry.getName()));
    }

    private static boolean isNative(String name) {
        return NATIVE_SUFFIXES.stream().anyMatch(name::endsWith);
    }

    private static boolean wanted(JarEntry entry) {
        String name = entry.getName();
        boolean signature = name.startsWith("META-INF/")
                && (name.endsWith(".SF") || name.endsWith(".RSA") || name.endsWith(".EC") || name.endsWith(".DSA"));
        return !entry.isDirectory()
                && !signature
                && !name.equals(JarFile.MANIFEST_NAME)
                && !name.startsWith(FOREIGN_BINDING)
                && (!isNative(name) || isOurs(name));
    }

    /** Conscrypt: META-INF/native/lib…-linux-x86_64.so. zstd-jni: linux/amd64/lib….so. */
    private static boolean isOurs(String name) {
        String machine = System.getProperty("os.arch");
        boolean here = name.contains("/" + machine + "/")
                || name.contains("-" + (machine.equals("amd64") ? "x86_64" : machine) + ".");
        return name.contains("linux") && here;
    }

    private static void archive(Path app, String jar, Path list) throws IOException, InterruptedException {
        Path archive = app.resolve("classes.jsa");
        Files.deleteIfExists(archive);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + app.resolve("jvm.options"),
                "-Xshare:dump",
                "-Xlog:disable",
                "-Xlog:cds=error:stderr",
                "-XX:SharedClassListFile=" + list,
                "-XX:SharedArchiveFile=" + archive,
                "-cp",
                app.resolve(jar).toString());
        int status = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (status != 0 || !Files.exists(archive)) {
            throw new IOException("no archive of classes was made at " + archive + ", status " + status);
        }
    }
}
