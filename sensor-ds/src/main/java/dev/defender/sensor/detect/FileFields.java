/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import static dev.defender.rules.field.FieldSource.MISSING;

import dev.defender.rules.field.Field;
import dev.defender.rules.field.Slice;
import dev.defender.sensor.decode.EventFlags;
import dev.defender.sensor.decode.OpenEvent;
import dev.defender.sensor.decode.RawEvent;

/** Fields of an OPEN event. */
final class FileFields {
    private static final int O_CREAT = 0x40;
    private static final int O_DIRECTORY = 0x10000;

    private final byte[] path = new byte[2 * RawEvent.MAX_TEXT + 1];
    private boolean read;
    private int pathLength;

    /** A new event. */
    void begin() {
        read = false;
    }

    long number(RawEvent event, Field field) {
        OpenEvent open = event.open();
        int flags = open.openFlags();
        return switch (field) {
            case EVT_OPEN_FLAGS -> Integer.toUnsignedLong(flags);
            case EVT_OPEN_MODE -> (flags & O_CREAT) != 0 ? open.mode() : MISSING;
            case EVT_OPEN_CREATED -> bit(event, EventFlags.CREATED);
            case FD_INO -> open.inode() == 0 ? MISSING : open.inode();
            case FD_UPPER_LAYER -> bit(event, EventFlags.UPPER_LAYER);
            case FD_TYPECHAR -> (flags & O_DIRECTORY) != 0 ? 'd' : 'f';
            default -> MISSING;
        };
    }

    /** Read once per event: several fields of the rule language are parts of it. */
    boolean name(RawEvent event, Slice into) {
        if (!read) {
            pathLength = readPath(event);
            read = true;
        }
        into.wrap(path, 0, pathLength);
        return pathLength > 0;
    }

    /** A racy relative path is completed by the working directory where that is what it is relative to. */
    private int readPath(RawEvent event) {
        OpenEvent open = event.open();
        int length = open.copyPath(path, 0);
        boolean relative = length > 0 && path[0] != '/';
        if (open.racy() && relative && (event.flags() & EventFlags.OTHER_DIRECTORY) == 0) {
            int directory = open.copyCwd(path, 0);
            if (directory > 0 && path[directory - 1] != '/') {
                path[directory++] = '/';
            }
            length = directory + open.copyPath(path, directory);
        }
        return length;
    }

    private static long bit(RawEvent event, int flag) {
        return (event.flags() & flag) != 0 ? 1 : 0;
    }
}
