/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C program that makes and removes the directories of a node, run on a tree of its own. */
class NodeDirectoriesTest {
    @TempDir
    static Path built;

    @TempDir
    Path root;

    @BeforeAll
    static void compile() throws Exception {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs root: it gives files away");
        Commands.run(List.of("gcc", "-Wall", "-Wextra", "-Werror", "-o", program(), "src/main/c/nodedirs.c"));
    }

    @BeforeEach
    void mounts() throws IOException {
        for (String parent : List.of("run", "var/lib", "sys/fs/bpf")) {
            Files.createDirectories(root.resolve(parent));
        }
    }

    @Test
    void preparesOwnersAndModes() throws Exception {
        assertThat(nodedirs("prepare")).isEmpty();
        assertThat(List.of("run/defender", "run/defender/publisher", "run/defender/misc"))
                .extracting(this::look)
                .containsExactly("0:0 40755", "65532:64100 42770", "65532:64100 42770");
        assertThat(List.of("var/lib/defender/publisher", "var/lib/defender/sensor"))
                .extracting(this::look)
                .containsExactly("65532:65532 40700", "0:0 40700");
    }

    @Test
    void preparesAgainWhatWasChangedAndKeepsWhatIsInIt() throws Exception {
        assertThat(nodedirs("prepare")).isEmpty();
        Path spool = root.resolve("var/lib/defender/publisher/spool");
        Files.writeString(spool, "kept");
        Files.setAttribute(root.resolve("run/defender/publisher"), "unix:mode", 0777);
        assertThat(nodedirs("prepare")).isEmpty();
        assertThat(look("run/defender/publisher")).isEqualTo("65532:64100 42770");
        assertThat(spool).hasContent("kept");
    }

    @Test
    void aLinkInTheWayIsRefusedAndWhatItLeadsToStays() throws Exception {
        Path target = Files.createDirectories(root.resolve("etc/important"));
        Files.writeString(target.resolve("file"), "kept");
        Files.createSymbolicLink(root.resolve("run/defender"), target);
        assertThat(nodedirs("prepare")).contains("/run/defender");
        assertThat(nodedirs("remove")).contains("/run/defender");
        assertThat(target.resolve("file")).hasContent("kept");
        assertThat(look("etc/important")).startsWith("0:0 ");
    }

    @Test
    void removesItsDirectoriesAndNothingElse() throws Exception {
        nodedirs("prepare");
        Path outside = Files.writeString(root.resolve("var/lib/other"), "kept");
        Files.createDirectories(root.resolve("sys/fs/bpf/defender/ledger"));
        Files.createDirectories(root.resolve("sys/fs/bpf/others"));
        Path spool = Files.createDirectories(root.resolve("var/lib/defender/publisher/spool/a/b"));
        Files.writeString(spool.resolve("segment"), "x");
        Files.createSymbolicLink(spool.resolve("link"), outside);
        assertThat(nodedirs("remove")).isEmpty();
        assertThat(List.of("run/defender", "var/lib/defender", "sys/fs/bpf/defender"))
                .allSatisfy(path -> assertThat(root.resolve(path)).doesNotExist());
        assertThat(outside).hasContent("kept");
        assertThat(root.resolve("sys/fs/bpf/others")).isDirectory();
        assertThat(nodedirs("remove")).as("a second time").isEmpty();
    }

    @Test
    void anotherFileSystemInsideIsLeftAlone() throws Exception {
        nodedirs("prepare");
        Path mounted = Files.createDirectories(root.resolve("var/lib/defender/sensor/elsewhere"));
        Commands.run(List.of("mount", "-t", "tmpfs", "tmpfs", mounted.toString()));
        try {
            Files.writeString(mounted.resolve("file"), "kept");
            assertThat(nodedirs("remove")).contains("/var/lib/defender");
            assertThat(mounted.resolve("file")).hasContent("kept");
        } finally {
            Commands.run(List.of("umount", mounted.toString()));
        }
    }

    /** Who keeps the spool on a disk of its own mounts it there. */
    @Test
    void aDirectoryThatIsAMountIsEmptied() throws Exception {
        Path mounted = Files.createDirectories(root.resolve("var/lib/defender"));
        Commands.run(List.of("mount", "-t", "tmpfs", "tmpfs", mounted.toString()));
        try {
            assertThat(nodedirs("prepare")).isEmpty();
            Files.writeString(mounted.resolve("publisher/spool"), "x");
            assertThat(nodedirs("remove")).isEmpty();
            assertThat(mounted).isEmptyDirectory();
        } finally {
            Commands.run(List.of("umount", mounted.toString()));
        }
    }

    @Test
    void anUnknownWordIsAMatterOfUsage() throws Exception {
        assertThat(Commands.attempt(List.of(program(), "destroy")).status()).isEqualTo(2);
    }

    /** What it printed; nothing when all is done. */
    private String nodedirs(String verb) throws BuildException {
        Commands.Result result = Commands.attempt(List.of("env", "NODEDIRS_ROOT=" + root, program(), verb));
        assertThat(result.status()).isEqualTo(result.output().isEmpty() ? 0 : 1);
        return result.output();
    }

    private static String program() {
        return built.resolve("nodedirs").toString();
    }

    private String look(String path) {
        try {
            Path file = root.resolve(path);
            return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS) + ":"
                    + Files.getAttribute(file, "unix:gid", LinkOption.NOFOLLOW_LINKS) + " "
                    + Integer.toOctalString((Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
