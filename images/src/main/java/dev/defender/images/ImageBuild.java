/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the tree of an image, step by step.
 *
 * @param source root of the source tree, built
 * @param work directory for the trees, one below it for each image
 */
record ImageBuild(Path source, Path work, Platform platform) {
    /** Whether this source tree has the room at all. */
    boolean known(Component component) {
        return Files.isDirectory(source.resolve(component.room()));
    }

    /** @throws BuildException with one sentence that names what is missing */
    Tree tree(Component component) throws BuildException, IOException {
        Path room = source.resolve(component.room());
        Path app = room.resolve("target/app");
        if (!Files.exists(app.resolve(component.jar()))) {
            throw new BuildException("there is no " + app.resolve(component.jar()) + "; run make build");
        }
        Tree tree = Tree.fresh(work.resolve(component.name()));
        SystemFiles.install(component, source.resolve("images/src/main/c"), tree);
        JavaRuntime.install(component, app, tree);
        AppFiles.install(component, app, platform, tree);
        SharedLibraries.install(tree, component.libraries());
        tree.settle();
        ClassArchive.make(component, room.resolve("src/main/cds/classes.lst"), tree);
        tree.settle();
        // One that is not used costs nothing but the reason why it is there, so nobody would notice.
        ClassArchive.prove(component, tree);
        return tree;
    }
}
