/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The segment files of one lane's directory: {@code <number, 16 hex digits>-<salt, 8 hex digits>.seg}. */
final class Segments {
    private static final String SUFFIX = ".seg";
    private static final int NAME_LENGTH = 16 + 1 + 8 + SUFFIX.length();

    private Segments() {}

    /** A segment's place in the order, its salt and its file. */
    record Segment(long number, int salt, Path path) {
        FileChannel openForReading() throws IOException {
            return FileChannel.open(path, StandardOpenOption.READ);
        }

        long size() throws IOException {
            return Files.size(path);
        }
    }

    static Segment create(Path directory, long number) {
        int salt = ThreadLocalRandom.current().nextInt();
        return new Segment(
                number, salt, directory.resolve(hex(number, 16) + "-" + hex(Integer.toUnsignedLong(salt), 8) + SUFFIX));
    }

    /** All regular segment files in order; what has another name is not touched. */
    static List<Segment> list(Path directory) throws IOException {
        List<Segment> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (isSegmentName(name) && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(new Segment(
                            Long.parseUnsignedLong(name, 0, 16, 16),
                            Integer.parseUnsignedInt(name, 17, 25, 16),
                            entry));
                }
            }
        }
        found.sort(Comparator.comparingLong(Segment::number));
        return found;
    }

    /** Makes creations, renames and removals in a directory durable. */
    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String hex(long value, int digits) {
        String text = Long.toHexString(value);
        return "0".repeat(digits - text.length()) + text;
    }

    private static boolean isSegmentName(String name) {
        if (name.length() != NAME_LENGTH || !name.endsWith(SUFFIX) || name.charAt(16) != '-') {
            return false;
        }
        for (int i = 0; i < 25; i++) {
            if (i != 16 && Character.digit(name.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
