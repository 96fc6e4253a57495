/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An image of a tree: its layers, and what is said about it. */
final class ImageFile {
    /** Name of a layer and the paths in it; a file is in the first that fits. What changes seldom comes first in an image. */
    private static final Map<String, List<String>> LAYERS = layers();

    private final JibContainerBuilder image;
    private final Path cache;

    private ImageFile(JibContainerBuilder image, Path cache) {
        this.image = image;
        this.cache = cache;
    }

    static ImageFile of(Component component, String version, Platform platform, Tree tree, Path cache)
            throws IOException {
        JibContainerBuilder image = Jib.fromScratch()
                .setPlatforms(Set.of(new com.google.cloud.tools.jib.api.buildplan.Platform(platform.name(), "linux")))
                .setFormat(ImageFormat.Docker)
                .setEntrypoint(
                        "/" + JavaRuntime.HOME + "/bin/java",
                        "@/" + AppFiles.DIRECTORY + "/jvm.options",
                        "-jar",
                        "/" + AppFiles.DIRECTORY + "/" + component.jar())
                .setUser(component.user())
                // One arena for each thread would be most of a small program's memory.
                .addEnvironmentVariable("MALLOC_ARENA_MAX", "1")
                .addEnvironmentVariable("PATH", "/" + JavaRuntime.HOME + "/bin:/bin")
                .setLabels(Map.of(
                        "org.opencontainers.image.title",
                        component.name(),
                        "org.opencontainers.image.version",
                        version,
                        "org.opencontainers.image.licenses",
                        "Apache-2.0"));
        image.setFileEntriesLayers(entries(tree));
        return new ImageFile(image, cache);
    }

    /** @return the image's digest */
    String save(String reference, Path file) throws BuildException {
        try {
            return write(Containerizer.to(TarImage.at(file).named(reference)))
                    .getDigest()
                    .toString();
        } catch (com.google.cloud.tools.jib.api.InvalidImageReferenceException e) {
            throw new BuildException("'" + reference + "' is no name of an image: " + e.getMessage(), e);
        }
    }

    /** @return the image's digest, by which a registry serves it */
    String push(String reference) throws BuildException {
        try {
            RegistryImage target = RegistryImage.named(reference);
            return write(Containerizer.to(RegistryCredentials.add(target, reference)))
                    .getDigest()
                    .toString();
        } catch (com.google.cloud.tools.jib.api.InvalidImageReferenceException e) {
            throw new BuildException("'" + reference + "' is no name of an image: " + e.getMessage(), e);
        }
    }

    private JibContainer write(Containerizer target) throws BuildException {
        try {
            return image.containerize(target.setApplicationLayersCache(cache)
                    .setBaseImageLayersCache(cache)
                    .setToolName("defender-images")
                    .setAllowInsecureRegistries(false)
                    .addEventHandler(LogEvent.class, event -> {
                        if (event.getLevel() == LogEvent.Level.ERROR || event.getLevel() == LogEvent.Level.WARN) {
                            System.err.println("images: " + event.getMessage());
                        }
                    }));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BuildException("interrupted while an image was written", e);
        } catch (Exception e) {
            throw new BuildException("the image could not be written: " + e.getMessage(), e);
        }
    }

    private static List<FileEntriesLayer> entries(Tree tree) throws IOException {
        Map<String, FileEntriesLayer.Builder> layers = new LinkedHashMap<>();
        for (Path file : tree.files()) {
            String layer = LAYERS.entrySet().stream()
                    .filter(entry -> entry.getValue().stream().anyMatch(prefix -> file.startsWith(prefix)))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("system");
            Path path = tree.at(file.toString());
            layers.computeIfAbsent(layer, name -> FileEntriesLayer.builder().setName(name))
                    .addEntry(
                            path,
                            AbsoluteUnixPath.get("/" + file),
                            com.google.cloud.tools.jib.api.buildplan.FilePermissions.fromPosixFilePermissions(
                                    Files.getPosixFilePermissions(path)),
                            Tree.TIME.toInstant());
        }
        List<FileEntriesLayer> ordered = new ArrayList<>();
        for (String name : List.of("system", "vm", "java", "postgres", "libraries", "app", "archive")) {
            if (layers.containsKey(name)) {
                ordered.add(layers.get(name).build());
            }
        }
        return ordered;
    }

    private static Map<String, List<String>> layers() {
        Map<String, List<String>> layers = new LinkedHashMap<>();
        layers.put("archive", List.of("app/classes.jsa"));
        layers.put("libraries", List.of("app/lib", "app/native"));
        layers.put("app", List.of("app"));
        layers.put("postgres", List.of("opt/postgres"));
        // The same in every image, so that a node has it once.
        layers.put("vm", List.of("opt/java/lib/server"));
        layers.put("java", List.of("opt/java"));
        return layers;
    }
}
