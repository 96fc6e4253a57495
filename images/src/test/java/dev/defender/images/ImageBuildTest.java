/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publisher's image, made twice. It has every kind of part: static program, native libraries, runtime, archive. */
class ImageBuildTest {
    private static final Component PUBLISHER = Component.ALL.get(1);
    private static final Path SOURCE = Path.of("..").toAbsolutePath().normalize();
    private static final List<Tree> TREES = new ArrayList<>();

    @TempDir
    static Path work;

    @BeforeAll
    static void make() throws Exception {
        assumeTrue(
                Files.exists(SOURCE.resolve("publisher-ds/target/app/publisher.jar")),
                "publisher-ds is not built: there is no publisher-ds/target/app/publisher.jar");
        assumeTrue(
                Commands.attempt(List.of("unshare", "--mount", "--pid", "--fork", "true"))
                                .status()
                        == 0,
                "no namespaces here: an image's own Java cannot be run in its tree");
        for (String name : List.of("first", "second")) {
            TREES.add(new ImageBuild(SOURCE, work.resolve(name), Platform.here()).tree(PUBLISHER));
        }
    }

    @Test
    void theArchiveOfClassesIsUsed() throws Exception {
        String loaded = ClassArchive.prove(PUBLISHER, TREES.getFirst());
        assertThat(loaded)
                .containsPattern("dev\\.defender\\.publisher\\.\\S+ source: shared objects file")
                .containsPattern("java\\.lang\\.Object source: shared objects file");
    }

    /** One byte more in a jar, and the JVM must find out: what the proof above rests on. */
    @Test
    void anArchiveThatDoesNotFitIsFoundOut() throws Exception {
        Tree changed = new Tree(work.resolve("first/defender-publisher"));
        Path jar = changed.at("app/publisher.jar");
        byte[] before = Files.readAllBytes(jar);
        try {
            Files.write(jar, java.util.Arrays.copyOf(before, before.length + 1));
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> ClassArchive.prove(PUBLISHER, changed)))
                    .isInstanceOf(BuildException.class);
        } finally {
            Files.write(jar, before);
            changed.settle();
        }
    }

    @Test
    void twoBuildsDifferInNoLayerButTheArchive() throws Exception {
        List<String> first = layers(TREES.getFirst(), "first");
        List<String> second = layers(TREES.getLast(), "second");
        assertThat(first).hasSizeGreaterThan(4).hasSameSizeAs(second);
        assertThat(first.subList(0, first.size() - 1)).isEqualTo(second.subList(0, second.size() - 1));
    }

    @Test
    void thereIsNoShellAndNothingToUnpackAtStart() throws Exception {
        assertThat(TREES.getFirst().files().stream().map(Path::toString))
                .doesNotContain("bin/sh", "usr/bin/sh", "bin/bash")
                .contains("bin/nodedirs", "etc/passwd", "usr/share/doc/shared-libraries.txt");
        assertThat(Files.readString(TREES.getFirst().at("app/jvm.options")))
                .contains("-DZstdNativePath=/app/native/", "-Djava.library.path=/app/native");
    }

    @Test
    void aJarWithoutNativeCodeForThisProcessorIsNamed() throws Exception {
        Path jar = work.resolve("other.jar");
        try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new java.util.zip.ZipEntry("linux/s390x/libother.so"));
        }
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> NativeJar.split(jar, Platform.here(), work.resolve("to.jar"), work.resolve("native"))))
                .hasMessageContaining("other.jar has native code, but none for linux/"
                        + Platform.here().name());
    }

    /** Names of the layers' files in the archive: each is the digest of what is in it. */
    private static List<String> layers(Tree tree, String name) throws BuildException, IOException {
        Path file = work.resolve(name + ".tar");
        ImageFile.of(PUBLISHER, "test", Platform.here(), tree, work.resolve(name + "-cache"))
                .save("registry.example/" + PUBLISHER.name() + ":test", file);
        Matcher listed = Pattern.compile("[0-9a-f]{64}\\.tar\\.gz")
                .matcher(Commands.run(List.of("tar", "-xOf", file.toString(), "manifest.json")));
        return listed.results().map(result -> result.group()).toList();
    }
}
