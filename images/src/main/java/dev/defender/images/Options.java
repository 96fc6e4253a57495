/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The command line, {@code --key=value} each. */
final class Options {
    private static final Set<String> KNOWN = Set.of("source", "out", "registry", "tag", "only", "push");

    private final Map<String, String> values = new HashMap<>();

    private Options() {}

    /** @throws UsageException with one sentence */
    static Options parse(String... arguments) throws UsageException {
        Options options = new Options();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String key = argument.startsWith("--") && equals > 0 ? argument.substring(2, equals) : "";
            if (!KNOWN.contains(key)) {
                throw new UsageException("unknown option " + argument + "; there are --source=DIR, --out=DIR,"
                        + " --registry=HOST/PATH, --tag=TAG, --only=NAME and --push=yes");
            }
            options.values.put(key, argument.substring(equals + 1));
        }
        if (options.registry().isEmpty()) {
            throw new UsageException("--registry is needed: where the cluster pulls the images from");
        }
        if (options.components().isEmpty()) {
            throw new UsageException("there is no image " + options.values.get("only"));
        }
        return options;
    }

    Path source() {
        return path("source", ".");
    }

    Path out() {
        return path("out", source().resolve("target/images").toString());
    }

    String registry() {
        return values.getOrDefault("registry", "");
    }

    String tag() {
        return values.getOrDefault("tag", "latest");
    }

    boolean push() {
        return "yes".equals(values.get("push"));
    }

    /** Whether one image was asked for by name. */
    boolean named() {
        return values.containsKey("only");
    }

    List<Component> components() {
        return Component.ALL.stream()
                .filter(component -> !named() || component.name().equals(values.get("only")))
                .toList();
    }

    private Path path(String key, String otherwise) {
        return Path.of(values.getOrDefault(key, otherwise)).toAbsolutePath().normalize();
    }

    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }
}
