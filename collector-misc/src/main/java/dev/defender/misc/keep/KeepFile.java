/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.keep;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the form of {@code inventory.keep}, which explains itself at its head. */
final class KeepFile {
    private static final String METADATA = "metadata";
    private static final int INDENT = 2;

    private final Map<String, Keep> blocks = new HashMap<>();
    private final List<Resource> resources = new ArrayList<>();
    private final List<Keep> open = new ArrayList<>();

    private KeepFile() {}

    /** @throws IllegalArgumentException with the line that makes no sense */
    static List<Resource> parse(String text) {
        KeepFile file = new KeepFile();
        int from = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            String line = text.substring(from, end);
            from = end + 1;
            if (!line.isBlank() && line.charAt(0) != '#') {
                file.line(line);
            }
        }
        return List.copyOf(file.resources);
    }

    private void line(String line) {
        int spaces = 0;
        while (line.charAt(spaces) == ' ') {
            spaces++;
        }
        List<String> words = words(line);
        int depth = spaces / INDENT;
        if (depth > open.size() || spaces % INDENT != 0) {
            throw bad(line);
        }
        while (open.size() > depth) {
            open.removeLast();
        }
        open.add(depth == 0 ? head(words, line) : member(words, line));
    }

    private Keep head(List<String> words, String line) {
        Keep keep = Keep.members();
        String first = words.getFirst();
        boolean events = first.equals("events");
        if (first.equals("block") && words.size() == 2) {
            blocks.put(words.get(1), keep);
        } else if (events && words.size() == 3) {
            resources.add(resource(first, words.get(1), words.get(2), true, keep));
        } else if (first.equals("resource") && words.size() == 4) {
            resources.add(resource(words.get(1), words.get(2), words.get(3), false, keep));
        } else {
            throw bad(line);
        }
        return keep;
    }

    private Resource resource(String plural, String apiVersion, String kind, boolean events, Keep keep) {
        Keep metadata = blocks.get(METADATA);
        if (metadata != null) {
            keep.add(METADATA, metadata);
        }
        return new Resource(plural, apiVersion, kind, events, keep);
    }

    private Keep member(List<String> words, String line) {
        Keep keep = Keep.members();
        if (words.size() >= 2 && words.get(1).equals("*")) {
            keep = Keep.whole(words.size() == 3 ? Integer.parseInt(words.get(2)) : Integer.MAX_VALUE);
        } else if (words.size() == 2 && words.get(1).startsWith("@")) {
            @Nullable Keep block = blocks.get(words.get(1).substring(1));
            if (block == null) {
                throw bad(line);
            }
            // A copy: members may follow that only this place has.
            keep.addAll(block);
        } else if (words.size() != 1) {
            throw bad(line);
        }
        open.getLast().add(words.getFirst(), keep);
        return keep;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            int end = line.indexOf(' ', at);
            end = end < 0 ? line.length() : end;
            if (end > at) {
                words.add(line.substring(at, end));
            }
            at = end + 1;
        }
        return words;
    }

    private static IllegalArgumentException bad(String line) {
        return new IllegalArgumentException("inventory.keep: \"" + line + "\" makes no sense");
    }
}
