/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.testbed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The real backend with its database, in a process of its own; one for all tests of this JVM. */
public final class TestBackend {
    private static final String READY = "backend: ready ";

    private static @Nullable TestBackend shared;

    private final Path data;
    private final Process process;
    private final String address;

    private TestBackend(Path data, Process process, String address) {
        this.data = data;
        this.process = process;
        this.address = address;
    }

    public static synchronized TestBackend get() throws IOException {
        TestBackend running = shared;
        if (running == null) {
            running = start();
            shared = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::stop));
        }
        return running;
    }

    private static TestBackend start() throws IOException {
        // Its PostgreSQL runs as another account when this is root, which must be able to reach the directory.
        Path data = Files.createTempDirectory(
                "defender-cli-", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        "dev.defender.backend.Backend",
                        "--data=" + data.resolve("data"),
                        "--listen=127.0.0.1:0")
                .redirectError(data.resolve("log").toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (line == null || !line.startsWith(READY)) {
            process.destroyForcibly();
            throw new IOException("the backend did not start: " + Files.readString(data.resolve("log")));
        }
        return new TestBackend(data, process, line.substring(READY.length()));
    }

    public String address() {
        return address;
    }

    public Path ca() {
        return data.resolve("data/pki/ca.pem");
    }

    /** @param name viewer, analyst or admin */
    public Path token(String name) {
        return data.resolve("data/tokens").resolve(name);
    }

    /** The environment of somebody who works with this backend as an administrator. */
    public Map<String, String> environment() {
        return Map.of(
                "DEFENDER_BACKEND",
                address,
                "DEFENDER_CA",
                ca().toString(),
                "DEFENDER_TOKEN_FILE",
                token("admin").toString());
    }

    private void stop() {
        process.destroy();
        try {
            process.waitFor();
            Files.walkFileTree(data, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.err.println("left behind: " + data + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
