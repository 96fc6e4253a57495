/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment asks of the demo.
 *
 * @param tree root of the source tree, where the build left the programs
 * @param mode live, replay, or either
 * @param keep leave everything running at the end
 * @param record make a recording of the actions here
 */
record Settings(Path tree, Mode mode, boolean keep, Optional<Path> record) {
    enum Mode {
        /** Live where the host can be observed, else the recording. */
        ANY,
        LIVE,
        REPLAY
    }

    /** The recording in the repository. */
    Path recording() {
        return tree.resolve("e2e/src/main/captures/demo.capture");
    }

    static Settings from(Path tree, Map<String, String> environment) throws BadSetting {
        String mode = environment.getOrDefault("DEMO_MODE", "");
        return new Settings(
                tree,
                switch (mode) {
                    case "" -> Mode.ANY;
                    case "live" -> Mode.LIVE;
                    case "replay" -> Mode.REPLAY;
                    default ->
                        throw new BadSetting("DEMO_MODE is \"" + mode + "\"; it can be live or replay, or be left out");
                },
                environment.getOrDefault("DEMO_KEEP", "").equals("1"),
                Optional.ofNullable(environment.get("DEMO_RECORD")).map(Path::of));
    }

    /** One sentence for whoever set it. */
    static final class BadSetting extends Exception {
        private static final long serialVersionUID = 1;

        BadSetting(String message) {
            super(message);
        }
    }
}
