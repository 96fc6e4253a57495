/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.images;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** The few files that the C library wants of a system, and our static programs. */
final class SystemFiles {
    private static final String ACCOUNTS = """
            root:x:0:0:root:/:/nologin
            nobody:x:65534:65534:nobody:/:/nologin
            defender:x:65532:65532:Defender, unprivileged:/:/nologin
            defender-misc:x:65533:65533:Defender, cluster inventory:/:/nologin
            """;
    private static final String GROUPS = """
            root:x:0:
            nobody:x:65534:
            defender:x:65532:
            defender-misc:x:65533:
            defender-socket:x:64100:
            """;

    private SystemFiles() {}

    static void install(Component component, java.nio.file.Path sources, Tree tree) throws BuildException, IOException {
        tree.write("etc/passwd", ACCOUNTS);
        tree.write("etc/group", GROUPS);
        tree.write("etc/nsswitch.conf", "hosts: files dns\n");
        for (Component.Program program : component.programs()) {
            Files.createDirectories(tree.at(program.path()).getParent());
            List<String> command =
                    new ArrayList<>(List.of("gcc", "-static", "-Os", "-s", "-Wall", "-Wextra", "-Werror"));
            command.addAll(
                    List.of("-Wl,--build-id=none", "-o", tree.at(program.path()).toString()));
            command.add(sources.resolve(program.source() + ".c").toString());
            Commands.run(command);
        }
    }
}
