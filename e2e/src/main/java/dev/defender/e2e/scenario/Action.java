/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.scenario;

import java.util.List;

/**
 * Something harmless that looks like an attack, and what must and must not come of it.
 *
 * @param title for the table
 * @param alertType that the plain and the varied attempts must raise
 * @param attempts each is run once
 */
public record Action(String title, String alertType, List<Attempt> attempts) {
    /** What an attempt proves. */
    public enum Kind {
        /** The action as it is published. */
        PLAIN,
        /** The same with other names, paths and ports: it must still alert. */
        VARIED,
        /** Looks alike and is benign: it must stay silent. */
        TWIN
    }

    /**
     * @param tag unique; stands in the arguments of the process that acts
     * @param command run without a shell of the demo's own
     */
    public record Attempt(Kind kind, String tag, List<String> command) {}
}
