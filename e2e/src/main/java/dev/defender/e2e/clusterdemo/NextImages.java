/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** A second build to upgrade to: the same programs, in images of another name and date. */
final class NextImages {
    private NextImages() {}

    /** @return archives in {@code directory}, as many as there are in {@code archives} */
    static List<Path> write(List<Path> archives, String registry, String tag, Path directory)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        List<Path> written = new ArrayList<>();
        for (Path archive : archives) {
            String file = archive.getFileName().toString();
            String name = file.substring(0, file.length() - ".tar".length());
            Path next = directory.resolve(file);
            try {
                Jib.from(TarImage.at(archive))
                        .setCreationTime(Instant.now())
                        .containerize(Containerizer.to(TarImage.at(next).named(registry + "/" + name + ":" + tag))
                                .setApplicationLayersCache(directory.resolve("layers"))
                                .setBaseImageLayersCache(directory.resolve("base")));
            } catch (InvalidImageReferenceException
                    | RegistryException
                    | CacheDirectoryCreationException
                    | ExecutionException e) {
                throw new IOException("the image " + name + " to upgrade to could not be made: " + e.getMessage(), e);
            }
            written.add(next);
        }
        return written;
    }
}
