/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.demo;

import dev.defender.e2e.scenario.Actions;
import dev.defender.e2e.scenario.Actions.ActionFile;
import dev.defender.e2e.stack.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of the actions on this host, until closed. */
final class ActionFiles implements AutoCloseable {
    private final List<Path> outside = new ArrayList<>();

    void make(Actions actions) throws IOException {
        outside.addAll(actions.outside());
        for (ActionFile file : actions.files()) {
            Files.createDirectories(file.directory());
            Files.copy(file.program(), file.copy());
        }
    }

    /** Removes what was put outside the demo's directory. */
    @Override
    public void close() throws IOException {
        for (Path path : outside) {
            Tree.delete(path);
        }
    }
}
