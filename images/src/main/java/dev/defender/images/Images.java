/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Makes the images: one archive each that {@code ctr images import}, {@code docker load} and {@code kind load
 * image-archive} take, or pushes them. Prints for each its reference, digest and size.
 * Exit status: 0 made, 1 one sentence on stderr says why not, 2 usage.
 */
public final class Images {
    private static final double MIB = 1024 * 1024;

    private static final String LAYERS = "layers";

    private Images() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        try {
            Options options = Options.parse(args);
            ImageBuild build = new ImageBuild(options.source(), options.out().resolve("trees"), Platform.here());
            Files.createDirectories(options.out());
            // It knows a file by its path and time, and all of ours have the same time.
            Tree.delete(options.out().resolve(LAYERS));
            for (Component component : options.components()) {
                if (build.known(component)) {
                    make(component, build, options);
                } else if (options.named()) {
                    throw new BuildException("there is no " + component.room() + " in " + options.source());
                } else {
                    System.err.println("images: no " + component.name() + ": there is no " + component.room() + " yet");
                }
            }
            return 0;
        } catch (Options.UsageException e) {
            System.err.println("images: " + e.getMessage());
            return 2;
        } catch (BuildException e) {
            System.err.println("images: " + e.getMessage());
            return 1;
        } catch (IOException e) {
            System.err.println("images: a file could not be read or written: " + e);
            return 1;
        }
    }

    private static void make(Component component, ImageBuild build, Options options)
            throws BuildException, IOException {
        Tree tree = build.tree(component);
        ImageFile image = ImageFile.of(
                component, options.tag(), build.platform(), tree, options.out().resolve(LAYERS));
        String reference = options.registry() + "/" + component.name() + ":" + options.tag();
        if (options.push()) {
            System.out.println(reference + " " + image.push(reference));
            return;
        }
        Path file = options.out().resolve(component.name() + ".tar");
        Files.deleteIfExists(file);
        String digest = image.save(reference, file);
        System.out.printf(
                Locale.ROOT,
                "%s %s compressed_mib=%.1f unpacked_mib=%.1f%n",
                reference,
                digest,
                Files.size(file) / MIB,
                size(tree) / MIB);
    }

    private static long size(Tree tree) throws IOException {
        long size = 0;
        List<Path> files = tree.files();
        for (Path file : files) {
            size += Files.size(tree.at(file.toString()));
        }
        return size;
    }
}
