/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.clusterdemo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands that the README tells people to type, by name: a fenced block that opens with {@code ```sh NAME}. What is
 * run is what is written there, so the README cannot promise what does not work.
 */
final class ReadmeCommands {
    private static final Pattern OPENING = Pattern.compile("```sh +([a-z-]+) *");
    private static final String CLOSING = "```";

    private final Path file;
    private final Map<String, String> blocks = new LinkedHashMap<>();

    /** @throws IOException if it cannot be read, a block has no end, or two have one name */
    ReadmeCommands(Path file) throws IOException {
        this.file = file;
        String name = "";
        StringBuilder block = new StringBuilder();
        List<String> lines = Files.readAllLines(file);
        for (int number = 0; number < lines.size(); number++) {
            String line = lines.get(number);
            Matcher opening = OPENING.matcher(line);
            if (!name.isEmpty() && line.equals(CLOSING)) {
                if (blocks.put(name, block.toString()) != null) {
                    throw new IOException(file + ":" + (number + 1) + ": a second block of commands named " + name);
                }
                name = "";
            } else if (!name.isEmpty()) {
                block.append(line).append('\n');
            } else if (opening.matches()) {
                name = opening.group(1);
                block.setLength(0);
            }
        }
        if (!name.isEmpty()) {
            throw new IOException(file + ": the block of commands named " + name + " has no end");
        }
    }

    /** The block as bash takes it. */
    String block(String name) throws IOException {
        String block = blocks.get(name);
        if (block == null) {
            throw new IOException(file + " has no block of commands named " + name + "; it has " + blocks.keySet());
        }
        return block;
    }
}
